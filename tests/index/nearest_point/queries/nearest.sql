select id, name from cafe order by place <-> $here limit 5
