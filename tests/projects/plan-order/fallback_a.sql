insert into executed (name) values ('fallback_a');
