-- What each CALL pgmi_test stands for, in the order of the calls.
-- Who runs it: the engine, when deploy.sql calls the macro. $1 patterns (null: all), $2 callbacks.
select pg_temp.pgmi_test_generate(c.pattern, c.callback)
  from unnest($1::text[], $2::text[]) with ordinality as c (pattern, callback, ordinality)
 order by c.ordinality
