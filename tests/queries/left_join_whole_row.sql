--! id int4 not null
--! artist artist null
--! many
select a.id, r as artist from album a left join artist r on r.id = a.artist
