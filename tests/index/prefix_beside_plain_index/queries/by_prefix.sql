select id, released from album where name like 'Blue%'
