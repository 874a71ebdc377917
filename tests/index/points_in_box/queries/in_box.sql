select id, name from cafe where place <@ $area::box
