--! others int8 null
--! last int4 not null
--! many
select sum(id) over (order by id rows between unbounded preceding and unbounded following exclude group) as others, last_value(id) over (order by id groups between current row and 1 following exclude ties) as last from genre
