--! $n int4 not null
--! total int8 not null
--! many
select sum(id) over (order by id rows $n::int4 preceding) as total from genre
