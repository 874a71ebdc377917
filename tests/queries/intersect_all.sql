--! bio text not null
--! many
select bio from artist intersect all select bio from artist where bio is not null
