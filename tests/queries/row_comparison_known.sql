--! less bool not null
--! more bool not null
--! many
select (id, name) < (2, 'x') as less, (id, price) >= (1, 2) as more from album
