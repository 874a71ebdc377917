--! $doc jsonb not null
--! a int4 null
--! b text null
--! many
select x.a, x.b from jsonb_to_recordset($doc::jsonb) as x (a int4, b text)
