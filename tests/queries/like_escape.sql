--! $pattern text not null
--! name text not null
--! many
select name from artist where bio like $pattern escape '!'
