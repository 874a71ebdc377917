-- The files that the test calls of deploy.sql will run, in order.
-- Who runs it: the engine, when a report of the tests is wanted. $1 patterns of the calls (null: all).
select p.step_type = 'fixture' as is_fixture, p.script_path, p.directory
  from unnest($1::text[]) with ordinality as c (pattern, ordinality)
 cross join lateral pg_temp.pgmi_test_plan(c.pattern) as p
 where p.step_type <> 'teardown'
 order by c.ordinality, p.ordinal
