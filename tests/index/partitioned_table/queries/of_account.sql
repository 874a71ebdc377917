select id, at, kind from event where account = $account order by at desc limit 20
