select $name::text is null as missing
