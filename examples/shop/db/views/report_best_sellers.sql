-- Products by revenue within the last 90 days, ranked per currency.
create or replace view report.best_sellers as
select l.product_id,
       p.name,
       o.currency,
       pg_catalog.sum(l.quantity)   as pieces,
       pg_catalog.sum(l.line_total) as revenue,
       pg_catalog.rank() over (
           partition by o.currency order by pg_catalog.sum(l.line_total) desc) as place
  from sales.order_lines l
  join sales.orders o on o.id = l.order_id
  join catalog.products p on p.id = l.product_id
 where o.status <> 'cancelled'
   and o.placed_at > pg_catalog.now() - interval '90 days'
 group by l.product_id, p.name, o.currency;
