--! ids int4[] null elements not null
--! safe int4[] not null elements not null
--! one
select array_agg(id) as ids, coalesce(array_agg(id), '{}') as safe from genre
