-- A movement changes the stock of its location, and stays as it is.
create or replace function warehouse.apply_movement()
returns trigger
language plpgsql
as $$
begin
    -- The row must exist first: a movement that takes away would otherwise be
    -- refused as a new row with less than nothing.
    insert into warehouse.stock (location_id, product_id)
    values (new.location_id, new.product_id)
    on conflict (location_id, product_id) do nothing;

    update warehouse.stock s
       set on_hand = s.on_hand + new.quantity
     where s.location_id = new.location_id
       and s.product_id = new.product_id;

    return null;
end;
$$;

create or replace trigger apply_movement
    after insert on warehouse.stock_movements
    for each row execute function warehouse.apply_movement();

create or replace function warehouse.refuse_movement_change()
returns trigger
language plpgsql
as $$
begin
    raise exception 'stock movements are not changed'
        using errcode = 'restrict_violation',
              hint = 'Add a movement with the reason "correction".';
end;
$$;

create or replace trigger refuse_change
    before update or delete on warehouse.stock_movements
    for each statement execute function warehouse.refuse_movement_change();
