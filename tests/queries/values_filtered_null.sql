--! $x int4 not null
--! y text null
--! many
--! imprecise: the constants of VALUES differ
select y from (values (1, null), (2, 'b')) v (x, y) where x = $x
