--! $id int4 not null
--! id int4 not null
--! zero_or_one
select id from artist where id = $id intersect select id from genre
