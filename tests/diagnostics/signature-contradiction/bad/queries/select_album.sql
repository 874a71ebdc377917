select id, null::text as note from album where id = $id
