--! $count int8 not null
--! $skip int8 not null
--! id int4 not null
--! many
select id from artist order by id limit $count offset $skip
