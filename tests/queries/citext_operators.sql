--! $login citext not null
--! same bool null
--! more text not null
--! small text not null
--! many
--! needs citext
select login = $login as same, login || 'x' as more, lower(login) as small from account
