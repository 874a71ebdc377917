--! $d date null
--! differs bool not null
--! same bool not null
--! many
select released is distinct from $d as differs, released is not distinct from now()::date as same from album
