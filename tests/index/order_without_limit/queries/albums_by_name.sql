select id, name, plays from album order by plays, name
