--! count int8 not null
--! one
select count(*) from artist
