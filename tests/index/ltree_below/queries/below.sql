select id, title from category where path <@ $path
