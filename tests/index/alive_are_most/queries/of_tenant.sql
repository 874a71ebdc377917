select id, name from account where tenant = $tenant and deleted_at is null order by name limit 50
