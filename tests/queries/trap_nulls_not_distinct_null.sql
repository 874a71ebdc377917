--! $seat int4 null
--! id int4 not null
--! seat int4 null
--! many
select id, seat from slot where seat is not distinct from $seat
