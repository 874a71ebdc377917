--! $ids int4[] not null
--! id int4 null
--! many
select unnest($ids::int4[]) as id
