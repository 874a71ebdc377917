select count(*) as n from message where reader = $reader and read is null
