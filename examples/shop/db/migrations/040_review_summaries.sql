-- Ratings per product, counted when they change instead of when they are read.
create table catalog.product_ratings (
    product_id bigint        primary key references catalog.products on delete cascade,
    reviews    integer       not null default 0 check (reviews >= 0),
    average    numeric(3, 2) check (average between 1 and 5),
    constraint average_needs_reviews check ((reviews = 0) = (average is null))
);

insert into catalog.product_ratings (product_id, reviews, average)
select r.product_id, pg_catalog.count(*), pg_catalog.round(pg_catalog.avg(r.rating), 2)
  from sales.reviews r
 where r.published_at is not null
 group by r.product_id;
