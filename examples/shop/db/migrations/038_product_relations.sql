-- "Often bought with": a pair is stored once, the smaller identifier first.
create table catalog.related_products (
    product_id bigint not null references catalog.products on delete cascade,
    related_id bigint not null references catalog.products on delete cascade,
    strength   real   not null default 1 check (strength > 0 and strength <= 1),
    primary key (product_id, related_id),
    constraint related_pair_is_ordered check (product_id < related_id)
);

create index related_products_related_id_idx on catalog.related_products (related_id);
