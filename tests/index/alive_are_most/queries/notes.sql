select id, body from note where account = $account and deleted_at is null order by created desc limit 20
