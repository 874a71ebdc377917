-- Composite types: values that travel together.
create type shop.postal_address as (
    line1       text,
    line2       text,
    postal_code text,
    city        text,
    country     shop.country
);

create type shop.money as (
    amount   shop.amount,
    currency shop.currency
);

-- What a caller hands to sales.add_to_cart.
create type shop.cart_item as (
    sku      shop.sku,
    quantity shop.quantity
);
