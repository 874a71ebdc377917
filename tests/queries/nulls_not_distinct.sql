--! $seat int4 not null
--! id int4 not null
--! seat int4 not null
--! zero_or_one
select id, seat from slot where seat = $seat
