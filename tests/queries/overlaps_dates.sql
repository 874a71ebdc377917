--! o bool null
--! many
select (released, released) overlaps ('2000-01-01'::date, '2001-01-01'::date) as o from album
