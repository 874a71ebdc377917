--! $id int4 not null
--! id int4 not null
--! many
--! imprecise: both sides give the same row
select id from artist where id = $id union select id from artist where id = $id
