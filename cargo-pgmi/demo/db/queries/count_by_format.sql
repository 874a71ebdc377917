select format, count(*) as albums, avg(rating) as rating
  from album
 group by format
 order by format
