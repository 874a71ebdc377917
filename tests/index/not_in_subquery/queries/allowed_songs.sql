select id, title from song where id not in (select song from banned)
