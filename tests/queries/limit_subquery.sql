--! id int4 not null
--! many
select id from artist order by id limit (select count(*) from genre)
