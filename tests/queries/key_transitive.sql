--! $id int4 not null
--! name text not null
--! zero_or_one
select r.name from artist r join album a on a.artist = r.id where a.artist = $id group by r.id
