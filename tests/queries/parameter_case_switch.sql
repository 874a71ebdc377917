--! $by text null
--! id int4 not null
--! many
select id from artist order by case $by::text when 'name' then name else bio end
