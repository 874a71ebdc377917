--! QUERY PLAN text null
--! many
explain select 1
