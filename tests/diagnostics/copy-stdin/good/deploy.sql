create table users (id int, name text);
insert into users (id, name)
select split_part(line, ',', 1)::int, split_part(line, ',', 2)
  from pg_temp.pgmi_source_view as s
 cross join regexp_split_to_table(s.content, '\n') as line
 where s.path = './users.csv'
   and line <> '';
