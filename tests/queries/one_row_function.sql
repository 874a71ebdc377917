--! $id int4 null
--! id int4 null
--! name text null
--! one
select id, name from one_album($id)
