--! bio text not null
--! many
select bio from artist intersect select name from album
