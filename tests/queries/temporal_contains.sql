--! $room int4 not null
--! $day int4 not null
--! note text null
--! many
--! needs btree_gist
select note from booking where room = $room and at @> $day::int4
