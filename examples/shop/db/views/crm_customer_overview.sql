-- A customer at a glance: orders, money spent, the last order.
create or replace view crm.customer_overview as
select c.id,
       c.public_id,
       c.display_name,
       c.email,
       c.loyalty_level,
       c.blocked_at is not null       as blocked,
       pg_catalog.count(o.id)         as orders,
       coalesce(pg_catalog.sum(o.total), 0) as spent,
       pg_catalog.max(o.placed_at)    as last_order_at
  from crm.customers c
  left join sales.orders o on o.customer_id = c.id and o.status <> 'cancelled'
 group by c.id;
