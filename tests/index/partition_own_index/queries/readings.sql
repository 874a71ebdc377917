select value from reading where metric = $metric and at >= $since
