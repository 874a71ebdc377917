select id, value from reading where at between $since and $until
