--! id int4 not null
--! artist text not null
--! many
select v.id, v.artist from genre g left join album_view v on v.id = g.id where v.artist_id is not null
