select id, name from album where (meta ->> 'number')::int4 = $number
