--! undated int8 not null
--! names text[] null elements not null
--! any bool null
--! many
--! imprecise: FILTER (WHERE true) leaves no row out
select count(*) filter (where released is null) as undated, array_agg(name) filter (where id > 1) as names, bool_or(id > 1) filter (where true) as any from album group by format
