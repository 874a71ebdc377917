-- The tests that a call selects, with the fixtures they need, in the order in which they run.
-- Who runs it: the engine, once for each call of deploy.sql, in a session that holds the project.
-- $1 pattern of the call, $2 the user's own filter; null: all.
select p.step_type = 'fixture' as is_fixture,
       p.script_path,
       p.directory,
       $2::text is null or p.script_path ~ $2 as is_wanted
  from pg_temp.pgmi_test_plan($1) as p
 where p.step_type <> 'teardown'
 order by p.ordinal
