select $value::int4 + 1 as next
