--! bio text null
--! many
select bio from artist union select name from album
