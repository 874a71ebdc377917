--! $since date not null
--! name text not null
--! artist text not null
--! many
select a.name, r.name as artist from album a right join artist r on r.id = a.artist where a.released > $since
