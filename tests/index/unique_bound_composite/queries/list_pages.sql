select slug, title from page where tenant = $tenant order by slug limit 50
