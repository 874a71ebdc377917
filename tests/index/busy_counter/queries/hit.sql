update hit set hits = hits + 1, last = now() where page = $page
