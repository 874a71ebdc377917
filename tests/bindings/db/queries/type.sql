select 1 as type
