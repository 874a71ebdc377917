-- Sales per day and currency. Refreshed by report.refresh_daily_sales(), and
-- concurrently, for which the unique index is needed.
create materialized view report.daily_sales as
select (o.placed_at at time zone 'UTC')::date as day,
       o.currency,
       pg_catalog.count(*)                    as orders,
       pg_catalog.count(distinct o.customer_id) as customers,
       pg_catalog.sum(o.total)                as revenue
  from sales.orders o
 where o.status <> 'cancelled'
 group by 1, 2;

create unique index daily_sales_key on report.daily_sales (day, currency);
