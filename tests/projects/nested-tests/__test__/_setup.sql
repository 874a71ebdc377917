-- Every test from here on down sees this row.
insert into public.trace (path) values ('./__test__/_setup.sql');
