--! ids int4[] not null
--! one int4[] not null elements not null
--! many
--! imprecise: array_agg of a NOT NULL column gathers no NULL, in a window neither
select array_agg(id) over (order by id) as ids, array_agg(id) as one from genre group by id
