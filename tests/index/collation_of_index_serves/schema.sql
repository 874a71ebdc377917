create table word (id int8 generated always as identity primary key, word text collate "POSIX" not null, sense text);
create index word_bytes on word (word collate "C");
