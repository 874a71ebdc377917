--! album_by_id : (artist?)
select id, artist, name, released from album where id = :id;

--! albums_since : (artist?)
select id, artist, name, released from album where released >= :since order by id;
