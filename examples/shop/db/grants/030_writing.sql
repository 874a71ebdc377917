-- Clerks sell, warehouse staff move goods, admins look after products and prices.
grant insert, update on crm.customers, crm.addresses, crm.wishlists to shop_clerk;
grant insert, update, delete on crm.wishlist_items, sales.carts, sales.cart_lines to shop_clerk;
grant insert, update on sales.orders, sales.order_lines, sales.payments, sales.coupon_redemptions to shop_clerk;
grant insert on sales.order_status_history, sales.reviews, sales.returns, sales.return_lines to shop_clerk;
grant insert, update on catalog.product_ratings to shop_clerk;
grant update (published_at) on sales.reviews to shop_clerk;
grant update (reserved, updated_at) on warehouse.stock to shop_clerk;
grant update (code) on sales.coupons to shop_clerk;  -- for "select ... for update"
grant usage on sequence sales.order_number_seq to shop_clerk;

grant execute on function
    crm.register_customer(shop.email, text, text),
    sales.open_cart(bigint, shop.slug),
    sales.add_to_cart(uuid, shop.cart_item[]),
    sales.coupon_discount(text, numeric, shop.currency),
    sales.place_order(uuid, bigint, text, text),
    sales.record_payment(bigint, shop.payment_method, text, text),
    sales.cancel_order(bigint),
    warehouse.reserve(bigint, shop.quantity),
    warehouse.release(integer, bigint, shop.quantity)
to shop_clerk;

grant insert on warehouse.stock_movements, warehouse.stock to shop_warehouse;
grant update (on_hand, reserved, updated_at) on warehouse.stock to shop_warehouse;
grant insert, update on sales.shipments, sales.shipment_lines to shop_warehouse;
grant update (status, updated_at) on sales.orders to shop_warehouse;
grant insert on sales.order_status_history to shop_warehouse;
grant execute on function warehouse.release(integer, bigint, shop.quantity) to shop_warehouse;
grant execute on procedure sales.ship_order(bigint, text, integer) to shop_warehouse;

grant insert, update, delete on all tables in schema catalog to shop_admin;
grant insert, update, delete on sales.coupons, warehouse.suppliers, warehouse.supplier_products, warehouse.locations to shop_admin;
grant execute on function catalog.set_price(bigint, integer, shop.amount, timestamptz) to shop_admin;
grant execute on procedure sales.expire_carts(interval, integer), report.refresh_daily_sales() to shop_admin;
