--! last text null
--! one
select case when count(*) > 0 then max(name) end as last from artist
