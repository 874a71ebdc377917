select id, name from album order by released desc limit $count offset $from
