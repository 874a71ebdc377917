select id from note where to_tsvector(body) @@ plainto_tsquery($words)
