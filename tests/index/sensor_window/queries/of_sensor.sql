select at, value from reading where at >= $since and at < $until and sensor = $sensor order by at
