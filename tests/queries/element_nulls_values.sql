--! column1 int4[] not null elements not null
--! column2 text[] not null
--! many!
values (array[1, 2], array['a', null]), ('{3}', '{}')
