select $1::int, $3::int
