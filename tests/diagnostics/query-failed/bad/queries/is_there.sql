select $name is null as missing
