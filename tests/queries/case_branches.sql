--! code int4 not null -- no branch of CASE gives NULL
--! year text null -- to_char is not known to give no NULL
--! text text not null -- no branch of CASE gives NULL
--! one int4 not null -- no branch of CASE gives NULL
--! day date not null -- no branch of CASE gives NULL
--! many -- no unique key of album is fixed
select case format when 'cd' then 1 when 'vinyl' then 2 else 3 end as code, case when released is null then 'unknown' else to_char(released, 'YYYY') end as year, case when bio is not null then bio else r.name end as text, case artist when 1 then artist else 0 end as one, case when released is null then now()::date else released end as day from album join artist r on r.id = album.artist
