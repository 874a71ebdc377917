--! $by_name bool null
--! id int4 not null
--! many
select id from artist order by case when $by_name then name end, id
