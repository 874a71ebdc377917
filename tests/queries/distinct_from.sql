--! $day date null
--! other bool not null
--! missing bool not null
--! many
select released is distinct from $day as other, released is not distinct from null as missing from album
