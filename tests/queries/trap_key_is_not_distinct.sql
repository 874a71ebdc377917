--! $id int4 null
--! id int4 not null
--! many
--! imprecise: for a key that is NOT NULL it is the same as equality
select id from artist where id is not distinct from $id
