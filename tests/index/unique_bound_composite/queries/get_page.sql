select title, body from page where slug = $slug and tenant = $tenant
