--! n int4 null
--! a int4 null
--! many
--! since 17
select t.n, t.a from event, json_table(body, '$[*]' columns (n for ordinality, a int4 path '$.a')) t
