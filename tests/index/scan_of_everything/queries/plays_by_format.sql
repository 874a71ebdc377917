select format, sum(plays) as plays from album group by format
