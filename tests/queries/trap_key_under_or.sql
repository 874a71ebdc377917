--! id int4 not null
--! many
select id from artist where id = 1 or name = 'a'
