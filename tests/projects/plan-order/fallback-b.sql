insert into executed (name) values ('fallback-b');
