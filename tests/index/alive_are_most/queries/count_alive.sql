select count(*) as n from account where deleted_at is null
