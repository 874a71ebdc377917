--! $id int4 not null
--! name text not null
--! artist text not null
--! bio text null
--! zero_or_one
select a.name, r.name as artist, r.bio from album a join artist r on r.id = a.artist where a.id = $id
