--! line text null
--! name text null
--! album text not null
--! many
update log set line = r.bio from album a left join artist r on r.id = a.artist where a.id = log.id returning log.line, r.name, a.name as album
