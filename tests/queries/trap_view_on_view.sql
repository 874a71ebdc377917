--! artist text null
--! same text not null
--! many
select v.artist, i.artist as same from album_view v join inner_view i on i.id = v.id
