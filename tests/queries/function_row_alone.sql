--! $id int4 null
--! f album not null
--! name text null
--! one
select f, f.name from one_album($id) f
