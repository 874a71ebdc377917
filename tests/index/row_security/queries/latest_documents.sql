select id, title from document order by created desc limit 20
