insert into executed (name) values ('migrations/002_data');
