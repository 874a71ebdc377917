-- Customers and their addresses from customers.json; those who exist stay as they are.
with file (customer) as materialized (
    select e.customer
      from pg_temp.pgmi_source_view s
     cross join lateral pg_catalog.jsonb_array_elements(s.content::jsonb) as e (customer)
     where s.path = './seeds/customers.json'
),
new_customers as (
    insert into crm.customers (email, given_name, family_name, display_name, phone, born_on, preferences)
    select d.email, d.given_name, d.family_name,
           pg_catalog.concat_ws(' ', d.given_name, d.family_name),
           d.phone, d.born_on, coalesce(d.preferences, '{}')
      from file f
     cross join lateral pg_catalog.jsonb_to_record(f.customer) as d (
           email text, given_name text, family_name text, phone text, born_on date, preferences jsonb)
    on conflict (pg_catalog.lower(email)) do nothing
    returning id, email
)
insert into crm.addresses (customer_id, kind, recipient, place, is_default)
select c.id, d.kind, d.recipient, d.place, d.is_default
  from new_customers c
  join file f on f.customer ->> 'email' = c.email
 cross join lateral pg_catalog.jsonb_to_recordset(f.customer -> 'addresses') as d (
       kind shop.address_kind, recipient text, place shop.postal_address, is_default boolean);
