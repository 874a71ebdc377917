--! last text null
--! one
--! imprecise: count(*) > 0 says that there is a row
select case when count(*) > 0 then max(name) end as last from artist
