--! $by int4 null
--! next int4 not null
--! before text not null
--! far int4 null
--! many
select lead(id, 1, 0) over (order by id) as next, lag(name, 2, 'none') over (order by id) as before, lead(id, $by, 0) over (order by id) as far from genre
