--! released date not null
--! artist int4 not null
--! many
select released, artist from album where case when released > '2000-01-01' then artist > 0 when released = '2000-01-01' then null else false end
