--! start timestamptz null
--! stop timestamptz null
--! during tstzrange null
--! empty bool null
--! periods span null
--! made tstzrange not null
--! many
select lower(during) as start, upper(during) as stop, during, isempty(during) as empty, periods, tstzrange(sold_at, null) as made from sale
