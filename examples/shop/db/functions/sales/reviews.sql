-- Only a customer who bought a product, and did not cancel, can review it.
create or replace function sales.check_review()
returns trigger
language plpgsql
as $$
begin
    if not exists (
        select
          from sales.orders o
          join sales.order_lines l on l.order_id = o.id
         where o.customer_id = new.customer_id
           and l.product_id = new.product_id
           and o.status <> 'cancelled')
    then
        raise exception 'customer % did not buy product %', new.customer_id, new.product_id
            using errcode = 'SH006';
    end if;
    return new;
end;
$$;

create or replace trigger check_review
    before insert on sales.reviews
    for each row execute function sales.check_review();

-- Counts the published reviews of a product anew.
create or replace function sales.count_reviews()
returns trigger
language plpgsql
as $$
begin
    insert into catalog.product_ratings as pr (product_id, reviews, average)
    select p.id, pg_catalog.count(r.id), pg_catalog.round(pg_catalog.avg(r.rating), 2)
      from catalog.products p
      left join sales.reviews r on r.product_id = p.id and r.published_at is not null
     where p.id = coalesce(new.product_id, old.product_id)
     group by p.id
    on conflict (product_id) do update
       set reviews = excluded.reviews,
           average = excluded.average;
    return null;
end;
$$;

create or replace trigger count_reviews
    after insert or update or delete on sales.reviews
    for each row execute function sales.count_reviews();
