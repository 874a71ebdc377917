--! always bool not null
--! r float8 null
--! many
--! imprecise: random() is never 2
select random() < 2 as always, nullif(random(), 2) as r from artist where nullif(random(), 2) is not null
