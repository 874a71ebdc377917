--! $n int4 not null
--! id int4 not null
--! many
select id from artist order by id limit $n-1
