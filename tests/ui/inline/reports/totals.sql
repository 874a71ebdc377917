-- Albums of each artist.
select artist.name, count(album) as albums
  from artist left join album on album.artist = artist.id
 where artist.id >= :first
 group by artist.id
 order by artist.id;
