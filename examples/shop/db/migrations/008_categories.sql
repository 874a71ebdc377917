-- The category tree: each category knows its parent, roots have none.
create table catalog.categories (
    id        integer generated always as identity primary key,
    parent_id integer references catalog.categories,
    slug      shop.slug not null unique,
    name      text      not null check (name <> ''),
    position  integer   not null default 0,
    constraint category_is_not_its_own_parent check (parent_id <> id)
);

create index categories_parent_id_idx on catalog.categories (parent_id, position);
