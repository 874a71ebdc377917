--! later int8 null
--! next text not null
--! others int4 null
--! big int8 null
--! many
select sum(id) over (order by id rows between 1 following and 2 following) as later, last_value(name) over (order by id rows between current row and 1 following) as next, max(id) over (order by id rows between 1 preceding and current row exclude current row) as others, sum(id) filter (where id > 1) over () as big from genre
