-- Registers a customer, or returns the one who has this email address already.
create or replace function crm.register_customer(
    p_email       shop.email,
    p_given_name  text,
    p_family_name text default null)
returns crm.customers
language sql
as $$
    insert into crm.customers as c (email, given_name, family_name, display_name)
    values (p_email, p_given_name, p_family_name,
            pg_catalog.concat_ws(' ', p_given_name, p_family_name))
    on conflict (pg_catalog.lower(email)) do update set email = c.email
    returning c.*;
$$;
