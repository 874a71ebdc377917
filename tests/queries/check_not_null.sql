--! price numeric not null
--! many
select price from album
