--! n int4 null
--! a int4 null
--! many
--! since 17
--! imprecise: FOR ORDINALITY of the outermost level is never NULL
select t.n, t.a from event, json_table(body, '$[*]' columns (n for ordinality, a int4 path '$.a')) t
