--! $room int4 not null
--! $at int4range not null
--! note text null
--! many
--! needs btree_gist
select note from booking where room = $room and at = $at
