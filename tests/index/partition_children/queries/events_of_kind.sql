select id, body from event where kind = $kind and at >= $since
