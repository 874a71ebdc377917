--! $alias citext not null
--! alias text not null
--! n int8 not null
--! many
--! needs citext
select alias, count(*) as n from account where alias::citext = $alias group by alias
