--! t int4 null
--! many
select twice(id) as t from artist
