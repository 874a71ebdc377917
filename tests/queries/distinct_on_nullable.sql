--! id int4 not null
--! name text null
--! released date null
--! many
select distinct on (r.id) r.id, a.name, a.released from artist r left join album a on a.artist = r.id order by r.id, a.released desc nulls last
