-- Places where products are kept.
create table warehouse.locations (
    id      integer generated always as identity primary key,
    code    shop.slug           not null unique,
    name    text                not null,
    address shop.postal_address,
    closed  boolean             not null default false
);

insert into warehouse.locations (code, name) values ('main', 'Main warehouse');
