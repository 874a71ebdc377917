--! $seat int4 null
--! id int4 not null
--! seat int4 null
--! many
--! imprecise: a key of NULLS NOT DISTINCT has one NULL at most
select id, seat from slot where seat is not distinct from $seat
