select id, title from document where owner = $owner order by created desc limit 20
