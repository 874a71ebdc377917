--! n bool not null
--! e bool null
--! many
select (id, released) is null as n, (id, released) = (1, '2000-01-01') as e from album
