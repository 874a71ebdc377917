--! position int8 not null
--! before text null!
--! before_id int4 not null
--! first text not null
--! running int8 not null
--! second text null
--! many
select row_number() over () as position, lag(name) over (order by id) as before, lag(id, 1, 0) over (order by id) as before_id, first_value(name) over (order by id) as first, sum(id) over (order by id) as running, nth_value(name, 2) over () as second from genre
