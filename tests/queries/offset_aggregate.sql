--! $skip int8 not null
--! last int4 null
--! zero_or_one
select max(id) as last from artist offset $skip
