select id, path from upload where processed_at is null order by id limit 100
