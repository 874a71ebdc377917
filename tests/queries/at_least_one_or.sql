--! released date not null
--! artist int4 null
--! many
select released, artist from album where released > '2000-01-01' or (artist = 1 and released is not null)
