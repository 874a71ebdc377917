do $$ begin
  execute 'create table wide (id int8 generated always as identity primary key, '
    || (select string_agg(format('c%s int4', n), ', ') from generate_series(1, 999) as n) || ')';
end $$;
