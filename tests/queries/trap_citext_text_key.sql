--! $alias citext not null
--! kind text not null
--! many
--! needs citext
-- The key is over text, and the comparison is coarser.
select kind from account where alias::citext = $alias
