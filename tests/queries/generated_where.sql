--! $least int4 not null
--! n int4 null
--! next int4 not null
--! many
--! imprecise: next is NULL where n is, and the condition keeps such rows out
select n, next from computed where next > $least
