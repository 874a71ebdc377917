--! first format null
--! all format[] null
--! one
--! imprecise: an enum has a first label
select enum_first(null::format) as first, enum_range(null::format) as all
