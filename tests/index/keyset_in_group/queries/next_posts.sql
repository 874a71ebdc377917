select id, created, title from post where author = $author and (created, id) < ($before, $before_id)
order by created desc, id desc limit 20
