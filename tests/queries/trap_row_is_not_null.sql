--! id int4 not null
--! released date not null
--! artist int4 not null
--! many
select id, released, artist from album where (released, artist) is not null
