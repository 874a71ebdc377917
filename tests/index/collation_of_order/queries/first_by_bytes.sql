select id, name from album order by name collate "C" limit 10
