--! $table name not null
--! table_name information_schema.sql_identifier not null
--! is_nullable information_schema.yes_or_no not null
--! many
select table_name, is_nullable from information_schema.columns where table_name = $table
