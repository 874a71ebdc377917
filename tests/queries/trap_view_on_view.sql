--! artist text null
--! same text not null
--! many
--! imprecise: the other view has the row only where there is an artist
select v.artist, i.artist as same from album_view v join inner_view i on i.id = v.id
