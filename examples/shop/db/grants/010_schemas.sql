-- Who may enter which schema. Nobody else may: PUBLIC has no rights here, and no
-- right to call the functions either, which PostgreSQL grants by default.
grant usage on schema shop, catalog to public;
grant usage on schema crm, sales, warehouse, report to shop_reader;
grant usage on schema audit to shop_admin;

revoke execute on all functions in schema crm, catalog, sales, warehouse, audit, report from public;
revoke execute on all procedures in schema crm, catalog, sales, warehouse, audit, report from public;
