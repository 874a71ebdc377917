--! n int4 null
--! a int4 null
--! b text null
--! e int4 null
--! many
--! since 17
--! imprecise: FOR ORDINALITY and EXISTS columns of the outermost level are never NULL
select t.n, t.a, t.b, t.e from event, json_table(body, '$[*]' columns (n for ordinality, a int4 path '$.a' default 0 on empty default 0 on error, b text path '$.b', e int4 exists path '$.a')) t
