select 'it''s
