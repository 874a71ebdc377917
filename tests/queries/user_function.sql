--! $n int4 null
--! $m int4 not null
--! maybe int4 null
--! twice int4 null
--! one
select maybe($n) as maybe, twice($m) as twice
