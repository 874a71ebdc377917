-- Domains: a rule is written once, and its name says what a column holds.
create domain shop.email as text
    constraint email_has_one_at check (value ~ '^[^@[:space:]]+@[^@[:space:]]+$');

create domain shop.sku as text
    constraint sku_shape check (value ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$');

create domain shop.slug as text
    constraint slug_shape check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

create domain shop.currency as text
    constraint currency_is_iso_4217 check (value ~ '^[A-Z]{3}$');

create domain shop.country as text
    constraint country_is_iso_3166 check (value ~ '^[A-Z]{2}$');

create domain shop.amount as numeric(12, 2)
    constraint amount_not_negative check (value >= 0);

create domain shop.quantity as integer
    constraint quantity_positive check (value > 0);

create domain shop.percentage as numeric(5, 2)
    constraint percentage_in_range check (value > 0 and value <= 100);
