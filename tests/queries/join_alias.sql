--! id int4 not null
--! artist_name text null
--! name text not null
--! many
select j.id, j.artist_name, j.name from (album a left join artist r (r_id, artist_name) on r.r_id = a.artist) as j
