select max(at) as at from reading where sensor = $sensor
