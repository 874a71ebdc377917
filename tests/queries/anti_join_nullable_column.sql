--! id int4 not null
--! bio text null!
--! name text null
--! many
select a.id, r.bio, r.name from album a left join artist r on r.id = a.artist where r.bio is null
