create table word (id int8 generated always as identity primary key, word text collate "POSIX" not null);
