-- Pictures, in the order they are shown. The file itself is kept elsewhere;
-- its digest tells whether it was changed.
create table catalog.product_images (
    product_id bigint   not null references catalog.products on delete cascade,
    position   smallint not null check (position > 0),
    url        text     not null,
    alt        text,
    sha256     bytea    not null check (pg_catalog.octet_length(sha256) = 32),
    primary key (product_id, position)
);
