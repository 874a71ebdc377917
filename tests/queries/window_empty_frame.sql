--! later text null
--! before int8 not null
--! names text[] null
--! many
--! imprecise: array_agg of a NOT NULL column gathers no NULL, in a window neither
select first_value(name) over (order by id rows between 2 following and 3 following) as later, count(*) over (order by id rows between 2 preceding and 1 preceding) as before, array_agg(name) over (order by id rows between 1 preceding and 1 preceding) as names from genre
