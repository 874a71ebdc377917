select id, label, place from thing order by id
