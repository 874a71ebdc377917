--! id int4 not null -- log.id is NOT NULL
--! line text not null -- the statement puts something there that is never NULL
--! many -- no unique key of i is fixed; the statement changes data: i inserts into log
with i as (insert into log (id, line) select id, name from artist returning id, line) select * from i
