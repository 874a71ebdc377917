--! less bool null
--! known bool not null
--! many
select (id, released) < (2, '2001-01-01') as less, (id, name) < (2, 'x') as known from album
