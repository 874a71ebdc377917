--! released date null
--! artist int4 null
--! many
select released, artist from album where not (released is null and artist is null)
