--! word text null -- CASE gives NULL where nothing matches and no ELSE says otherwise
--! many -- no unique key of album is fixed
select case when price > 10 then 'dear' end as word from album
