--! $id int4 not null
--! name text null
--! n int4 null
--! at int4 null
--! many
--! imprecise: FOR ORDINALITY is never NULL
select x.name, x.n, x.at from album a, xmltable('/r/i' passing xmlparse(document '<r><i n="1"/><i><name>a</name></i></r>') columns name text path 'name', n int4 path '@n', at for ordinality) x where a.id = $id
