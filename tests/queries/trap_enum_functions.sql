--! first format not null
--! all format[] not null elements not null
--! one
select enum_first(null::format) as first, enum_range(null::format) as all
