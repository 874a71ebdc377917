delete from team where id = $id
