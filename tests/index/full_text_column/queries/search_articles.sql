select id, title from article where words @@ websearch_to_tsquery('english', $words)
