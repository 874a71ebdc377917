--! $id int4 not null
--! name text not null
--! zero_or_one
select g.name from genre g join artist a using (id) where a.id = $id
