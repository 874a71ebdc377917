select id from task where owner = $owner or (owner is null and $owner::int8 is null)
