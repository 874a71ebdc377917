--! name text not null
--! many
select name from artist tablesample system (10)
