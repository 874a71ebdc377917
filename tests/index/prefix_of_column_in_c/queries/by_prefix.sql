select id from part where code like $prefix
