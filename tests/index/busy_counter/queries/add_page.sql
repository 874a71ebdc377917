insert into hit (page, last) values ($page, now())
