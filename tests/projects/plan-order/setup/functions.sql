insert into executed (name) values ('setup/functions');
