--! $n int8 not null
--! id int4 not null
--! price numeric not null
--! many
select id, price from album order by price fetch first ($n) rows with ties
