-- Every test from here on down sees this row.
insert into public.trace (path) values ('./__test__/orders/_setup.sql');
