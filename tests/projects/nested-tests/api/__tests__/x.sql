-- Sees the fixtures above it, and no other test.
select pg_temp.expect_trace(null);
insert into public.trace (path) values ('./api/__tests__/x.sql');
