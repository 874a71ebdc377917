--! $n numeric not null
--! $p path not null
--! scale int4 null
--! least int4 null
--! area float8 null
--! many
--! since 14
--! try n 1.5 | NaN | Infinity
--! try p ((0,0),(1,1),(1,0)) | [(1,1),(2,2)]
select scale($n::numeric) as scale, min_scale($n) as least, area($p::path) as area from album
