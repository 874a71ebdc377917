select id, title from page where tenant = $tenant and slug = $slug
