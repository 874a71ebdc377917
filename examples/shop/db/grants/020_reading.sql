-- Readers see all but the audit log.
grant select on all tables in schema crm, catalog, sales, warehouse, report to shop_reader;

grant execute on function
    catalog.price_at(bigint, integer, timestamptz),
    catalog.category_path(integer),
    catalog.search_products(text, integer),
    sales.cart_total(uuid),
    sales.shipping_fee(numeric, shop.country)
to shop_reader;

grant select on audit.log to shop_admin;
