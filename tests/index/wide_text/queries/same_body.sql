select id from page where body = $body
