-- Orders somebody has to do something about, the oldest first.
create or replace view sales.open_orders as
select o.id,
       o.number,
       o.status,
       c.display_name                  as customer,
       (o.ship_to).city                as city,
       (o.ship_to).country             as country,
       o.total,
       o.currency,
       lines.pieces,
       o.placed_at,
       o.wished_delivery,
       pg_catalog.now() - o.placed_at  as age
  from sales.orders o
  join crm.customers c on c.id = o.customer_id
 cross join lateral (
       select pg_catalog.sum(l.quantity) as pieces
         from sales.order_lines l
        where l.order_id = o.id) as lines
 where o.status in ('placed', 'paid', 'packed')
 order by o.placed_at;
