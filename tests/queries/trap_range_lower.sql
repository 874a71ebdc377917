--! start timestamptz null
--! merged tstzrange not null
--! many
select lower(during) as start, range_merge(during, during) as merged from sale where not isempty(during) and during is not null
