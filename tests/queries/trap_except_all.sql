--! id int4 not null
--! many
select id from artist except all select id from genre where id = 1
