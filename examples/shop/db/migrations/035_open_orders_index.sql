-- The packing table asks for open orders all day, and few orders are open.
create index orders_open_idx on sales.orders (placed_at)
    where status in ('placed', 'paid', 'packed');
