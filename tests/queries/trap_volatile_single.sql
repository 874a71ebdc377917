--! $x text not null
--! id int4 not null
--! many
--! imprecise: the subquery is computed once, which only the query plan knows
update genre set name = name || $x from (select (random() * 3)::int4 as n) r where genre.id = r.n returning genre.id
