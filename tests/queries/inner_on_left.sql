--! name text not null
--! artist text null
--! other text null
--! many
select a.name, r.name as artist, b.name as other from album a left join (artist r join artist b on b.id = r.id) on r.id = a.artist
