--! format format not null
--! address place null
--! street text null
--! word text not null
--! many
select format, address, (address).street as street, format::text as word from album, customer
