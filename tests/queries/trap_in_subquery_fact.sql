--! artist int4 not null
--! many
select artist from album where artist in (select id from artist)
