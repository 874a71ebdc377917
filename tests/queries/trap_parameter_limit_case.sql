--! $all bool null
--! id int4 not null
--! many
select id from artist limit case when $all then null else 10 end
