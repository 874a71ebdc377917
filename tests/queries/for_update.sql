--! $id int4 not null
--! id int4 not null
--! name text not null
--! zero_or_one
select id, name from artist where id = $id for update skip locked
