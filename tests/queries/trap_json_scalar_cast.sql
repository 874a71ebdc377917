--! b int4 null
--! a int4 null
--! many
--! until 17
--! imprecise: a JSON null cannot be cast to int4 before 18: it raises
select (meta -> 'b')::int4 as b, (body ->> 'a')::int4 as a from album, event where meta ? 'b'
