--! n text null -- NULL is written here
--! many -- no unique key of artist is fixed
select case when id > 1 then null else name end as n from artist
