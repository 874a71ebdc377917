--! $login citext not null
--! id int4 not null
--! zero_or_one
--! needs citext
select g.id from account a join genre g on g.name = a.login::text where a.login = $login
