--! name text null
--! many
select nullif(name, 'x') as name from artist
