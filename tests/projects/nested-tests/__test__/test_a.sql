-- Sees the fixtures above it, and no other test.
select pg_temp.expect_trace(array['./__test__/_setup.sql']);
insert into public.trace (path) values ('./__test__/test_a.sql');
