delete from job where id in (select id from job where queue = $q and locked_at is null order by id limit 10 for update skip locked) returning id, payload
