select format, count(*) as albums from album group by format order by albums desc
