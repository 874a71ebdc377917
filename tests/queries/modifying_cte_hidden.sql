--! n int8 not null
--! one
with gone as (delete from log) select count(*) as n from genre
