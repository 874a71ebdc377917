--! word text null
--! many
select case when price > 10 then 'dear' end as word from album
