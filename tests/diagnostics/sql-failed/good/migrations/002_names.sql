-- The name as it is sorted by.
create view sorted_users as
select id,
       lower(full_name) as sort_name
  from users;
