--! id int4 not null
--! name text null
--! many
select a.id, u.name from album a left join (select id, name from artist union all select id, name from genre) u on u.id = a.artist
