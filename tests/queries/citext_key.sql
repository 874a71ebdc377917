--! $login citext not null
--! kind text not null
--! zero_or_one
--! needs citext
select kind from account where login = $login
