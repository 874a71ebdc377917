--! $id int4 not null
--! id int4 not null
--! zero_or_one
select g.id from (select distinct name from artist) d join genre g on g.name = d.name where g.id = $id
