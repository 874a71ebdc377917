--! first format null
--! all format[] null
--! one
select enum_first(null::format) as first, enum_range(null::format) as all
