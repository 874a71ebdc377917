--! name text not null
--! artist text not null
--! many
select a.name, r.name as artist from album a left join artist r on r.id = a.artist and r.bio is not null where r.bio is not null
