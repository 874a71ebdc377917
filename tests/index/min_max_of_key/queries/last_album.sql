select max(id) as last, min(id) as first from album
