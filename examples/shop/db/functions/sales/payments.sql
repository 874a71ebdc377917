-- Records the result of a payment. A captured payment makes the order paid and
-- earns the customer a loyalty point for each full unit of currency.
create or replace function sales.record_payment(
    p_order_id  bigint,
    p_method    shop.payment_method,
    p_reference text,
    p_failure   text default null)
returns sales.payments
language plpgsql
as $$
declare
    v_order   sales.orders;
    v_payment sales.payments;
begin
    select o.* into strict v_order
      from sales.orders o
     where o.id = p_order_id
       for update;

    insert into sales.payments (order_id, method, status, paid, provider_reference, failure)
    values (p_order_id,
            p_method,
            case when p_failure is null then 'captured' else 'failed' end::shop.payment_status,
            row(v_order.total, v_order.currency)::shop.money,
            p_reference,
            p_failure)
    returning * into v_payment;

    if v_payment.status = 'captured' then
        update sales.orders o set status = 'paid' where o.id = p_order_id;
        update crm.customers c
           set loyalty_points = c.loyalty_points + pg_catalog.floor(v_order.total)::integer
         where c.id = v_order.customer_id;
    end if;

    return v_payment;
end;
$$;
