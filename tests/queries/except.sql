--! name text not null
--! many
select name from artist except select bio from artist
