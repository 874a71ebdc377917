create table users (id int, name text);
copy users from stdin with (format csv);
