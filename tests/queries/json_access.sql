--! meta jsonb null
--! a jsonb null
--! b text null
--! d text null
--! has bool null
--! built jsonb not null
--! many
select meta, meta -> 'a' as a, meta ->> 'b' as b, meta #>> '{c,d}' as d, meta ? 'e' as has, jsonb_build_object('id', id) as built from album
