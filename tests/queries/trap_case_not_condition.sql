--! d date not null
--! w text not null
--! many
select case when not (released is null) then released else '2000-01-01' end as d, case when released is null then 'none' when released > '2000-01-01' then 'new' else 'old' end as w from album
