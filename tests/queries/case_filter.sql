--! released date not null -- WHERE keeps no row where it is NULL
--! many -- no unique key of album is fixed
select released from album where case when released > '2000-01-01' then true when released is not null then id > 1 else false end
