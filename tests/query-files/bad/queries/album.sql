select id, genre
from album
where id = $id
