--! $all bool null
--! $name text null
--! id int4 not null
--! many
select id from artist where case when $all then true else name = $name end
