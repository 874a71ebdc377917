--! $id int4 not null
--! id int4 not null
--! many
--! imprecise: two rows would need ids that differ in their sign only
select id from artist where abs(id) = $id
