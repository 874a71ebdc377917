--! $alias citext not null
--! login citext not null
--! many
--! needs citext
select login from account where alias::citext = $alias and kind <> 'x'
