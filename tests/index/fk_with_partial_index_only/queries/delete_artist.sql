delete from artist where id = $id
