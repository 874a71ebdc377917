--! id int4 not null
--! artist text null
--! many
select a.id, r.name as artist from album a left join artist r on r.id = a.artist and a.released > '2000-01-01' where a.artist is not null
