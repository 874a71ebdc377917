--! $during tstzrange not null
--! $n int4 not null
--! id uuid not null
--! many
select id from sale where during && $during and periods @> $n::int4
