select id, price from tariff where valid @> $day::date
