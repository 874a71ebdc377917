--! ids int4[] null
--! safe int4[] not null
--! one
select array_agg(id) as ids, coalesce(array_agg(id), '{}') as safe from genre
