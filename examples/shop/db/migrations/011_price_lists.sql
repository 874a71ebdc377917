-- A price list has one currency: retail in EUR, retail in USD, wholesale, ...
create table catalog.price_lists (
    id         integer generated always as identity primary key,
    code       shop.slug     not null unique,
    currency   shop.currency not null,
    is_default boolean       not null default false
);

create unique index price_lists_one_default_idx on catalog.price_lists (is_default) where is_default;

insert into catalog.price_lists (code, currency, is_default)
values ('retail-eur', 'EUR', true),
       ('retail-usd', 'USD', false);
