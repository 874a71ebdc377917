--! $login text not null
--! kind text not null
--! many
--! needs citext
select kind from account where login = $login::text
