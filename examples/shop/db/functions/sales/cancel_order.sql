-- Cancels an order that is not packed yet, and gives the reserved stock back.
create or replace function sales.cancel_order(p_order_id bigint)
returns void
language plpgsql
as $$
begin
    update sales.orders o set status = 'cancelled' where o.id = p_order_id;

    if not found then
        raise exception 'no order %', p_order_id using errcode = 'no_data_found';
    end if;

    perform warehouse.release(l.location_id, l.product_id, l.quantity)
       from sales.order_lines l
      where l.order_id = p_order_id
        and l.location_id is not null;

    update sales.payments p
       set status = 'refunded'
     where p.order_id = p_order_id
       and p.status = 'captured';
end;
$$;
