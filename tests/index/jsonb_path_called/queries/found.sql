select id from album where jsonb_path_exists(meta, '$.label')
