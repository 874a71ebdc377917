--! artist int4 null!
--! format format null!
--! last int4 null
--! many
select artist, format, max(id) as last from album group by cube (artist, format)
