-- Anna has ordered.
select pg_temp.place();

create function pg_temp.the_order() returns bigint language sql stable
    as $$ select o.id from sales.orders o where o.customer_id = pg_temp.customer('anna') $$;
