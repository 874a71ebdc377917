-- Free from 50 on within the country of the warehouse; elsewhere it always costs.
create or replace function sales.shipping_fee(p_value numeric, p_country shop.country)
returns numeric
language sql
immutable
begin atomic
    select case
               when p_country = 'DE' and p_value >= 50 then 0.00
               when p_country = 'DE' then 4.90
               else 12.50
           end;
end;
