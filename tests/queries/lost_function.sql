--! gone int4 null
--! many
select lost(id) as gone from artist
