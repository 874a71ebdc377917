--! $skip int8 not null
--! id int4 not null
--! zero_or_one
select id from artist order by id limit 1 offset $skip
