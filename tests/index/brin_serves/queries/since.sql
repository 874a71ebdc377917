select id, kind from event where at > $since
