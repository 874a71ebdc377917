select array_agg(t.tag) as tags from book, unnest(book.tags) as t (tag) where book.id = $id
