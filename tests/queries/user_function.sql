--! $n int4 null
--! $m int4 not null
--! maybe int4 null
--! twice int4 null
--! one
--! imprecise: twice is a strict SQL function whose body could be read
select maybe($n) as maybe, twice($m) as twice
