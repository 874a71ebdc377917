--! $id int4 null
--! album album null
--! name text null
--! one
select one_album($id) as album, (one_album($id)).name as name
