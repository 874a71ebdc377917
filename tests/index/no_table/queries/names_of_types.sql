select typname from pg_type where typname = $name
