--! album album not null
--! whole album not null
--! pair record not null
--! many
select (album.*)::album as album, album as whole, row(id, name) as pair from album
