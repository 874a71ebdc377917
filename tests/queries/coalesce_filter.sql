--! released date null
--! artist int4 null
--! many
select released, artist from album where coalesce(released > '2000-01-01', artist > 1, false)
