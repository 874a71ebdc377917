--! id int4 not null
--! many
select id from slot where seat is null
