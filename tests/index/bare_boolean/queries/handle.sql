update message set handled = true where id = $id
