select id, created, title from post where (created, id) < ($before, $before_id) order by created desc, id desc limit 20
