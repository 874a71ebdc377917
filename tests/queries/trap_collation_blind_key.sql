--! $code text not null
--! id int4 not null
--! many
-- The key tells 'a' from 'A', the comparison does not.
select id from label where code = $code collate blind
