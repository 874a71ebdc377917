-- Reserves a quantity of a product and returns the location it is taken from: the
-- open location that has most of it. Raises an error when no location has enough.
create or replace function warehouse.reserve(p_product_id bigint, p_quantity shop.quantity)
returns integer
language plpgsql
as $$
declare
    v_location_id integer;
    v_most        integer;
begin
    select s.location_id
      into v_location_id
      from warehouse.stock s
      join warehouse.locations l on l.id = s.location_id
     where s.product_id = p_product_id
       and s.available >= p_quantity
       and not l.closed
     order by s.available desc, s.location_id
     limit 1
       for update of s;

    if not found then
        select coalesce(pg_catalog.max(s.available), 0)
          into v_most
          from warehouse.stock s
         where s.product_id = p_product_id;

        raise exception 'product % is out of stock', p_product_id
            using errcode = 'SH001',
                  detail = pg_catalog.format('%s wanted, at most %s available in one place.', p_quantity, v_most);
    end if;

    update warehouse.stock s
       set reserved = s.reserved + p_quantity
     where s.location_id = v_location_id
       and s.product_id = p_product_id;

    return v_location_id;
end;
$$;

-- Gives back what was reserved.
create or replace function warehouse.release(
    p_location_id integer,
    p_product_id  bigint,
    p_quantity    shop.quantity)
returns void
language sql
begin atomic
    update warehouse.stock s
       set reserved = s.reserved - p_quantity
     where s.location_id = p_location_id
       and s.product_id = p_product_id;
end;
