select id, name from (
  select id, name, artist, row_number() over (partition by format order by released desc) as nth from album
) as numbered
where nth <= 3 and artist = $artist
