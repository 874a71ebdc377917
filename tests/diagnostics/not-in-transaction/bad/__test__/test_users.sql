select id from users;
