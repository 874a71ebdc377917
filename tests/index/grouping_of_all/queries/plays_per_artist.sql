select artist, sum(plays) as plays from album group by artist order by 2 desc limit 10
