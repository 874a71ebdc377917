--! d date null
--! many
select case when released is not null or artist is not null then released else now()::date end as d from album
