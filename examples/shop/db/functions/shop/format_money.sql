-- Money as people read it: "12.50 EUR". Null when either part is missing.
create or replace function shop.format_money(p_money shop.money)
returns text
language sql
immutable
begin atomic
    select ((p_money).amount)::text || ' ' || (p_money).currency;
end;
