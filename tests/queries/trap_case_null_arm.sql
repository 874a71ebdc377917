--! n text null
--! many
select case when id > 1 then null else name end as n from artist
