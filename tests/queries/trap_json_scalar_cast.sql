--! b int4 null
--! a int4 null
--! many
--! until 17
select (meta -> 'b')::int4 as b, (body ->> 'a')::int4 as a from album, event where meta ? 'b'
