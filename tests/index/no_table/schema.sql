create table t (id int8 primary key);
