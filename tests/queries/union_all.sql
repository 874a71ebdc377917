--! name text not null
--! many
select name from artist union all select name from album
