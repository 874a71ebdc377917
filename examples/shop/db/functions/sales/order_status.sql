-- Which status may follow which, and the history of every order.
create or replace function sales.check_order_status()
returns trigger
language plpgsql
as $$
begin
    if (old.status, new.status) not in (
        ('placed', 'paid'), ('placed', 'cancelled'),
        ('paid', 'packed'), ('paid', 'cancelled'),
        ('packed', 'shipped'),
        ('shipped', 'delivered'))
    then
        raise exception 'order % cannot go from % to %', new.number, old.status, new.status
            using errcode = 'SH005';
    end if;
    return new;
end;
$$;

create or replace trigger check_status
    before update of status on sales.orders
    for each row when (old.status <> new.status)
    execute function sales.check_order_status();

create or replace function sales.write_status_history()
returns trigger
language plpgsql
as $$
begin
    insert into sales.order_status_history (order_id, old_status, new_status)
    values (new.id, case when tg_op = 'UPDATE' then old.status end, new.status);
    return null;
end;
$$;

create or replace trigger write_status_history_of_new
    after insert on sales.orders
    for each row execute function sales.write_status_history();

create or replace trigger write_status_history
    after update of status on sales.orders
    for each row when (old.status <> new.status)
    execute function sales.write_status_history();
