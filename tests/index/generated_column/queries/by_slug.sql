select id, name from product where slug = $slug
