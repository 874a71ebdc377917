select id, title from article where to_tsvector('english', body) @@ plainto_tsquery('english', $words)
