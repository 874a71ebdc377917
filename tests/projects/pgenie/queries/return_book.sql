update loan set returned = now() where book = $book and returned is null
