--! $least int4 not null
--! n int4 null
--! next int4 not null
--! many
select n, next from computed where next > $least
