--! g int4 not null
--! many
select g from artist a, generate_series(1, a.id) g
