--! released date not null
--! many
select released from album where case when released > '2000-01-01' then true when released is not null then id > 1 else false end
