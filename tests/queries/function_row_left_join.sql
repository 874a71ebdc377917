--! id int4 not null
--! f album null
--! name text null
--! many
select a.id, f, f.name from artist a left join one_album(a.id) f on f.id > 1
