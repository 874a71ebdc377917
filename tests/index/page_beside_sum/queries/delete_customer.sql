delete from customer where id = $id
