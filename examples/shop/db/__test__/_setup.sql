-- What all tests start from: two customers, three products with prices, stock of two.
-- Keys begin with TEST, so that seeds or real data are not in the way.
insert into crm.customers (email, given_name, family_name, display_name)
values ('anna@test.invalid', 'Anna', 'Test', 'Anna Test'),
       ('ben@test.invalid', 'Ben', null, 'Ben');

insert into catalog.products (sku, name, description)
values ('TEST-LAMP', 'Reading lamp', 'A lamp for zeugmatic readers.'),
       ('TEST-BOOK', 'Notebook', 'Paper, bound.'),
       ('TEST-GIFT', 'Gift without a price', null);

insert into catalog.prices (price_list_id, product_id, amount, valid_during)
select l.id, p.id, t.amount, pg_catalog.tstzrange(pg_catalog.now() - interval '1 year', null)
  from (values ('TEST-LAMP', 40.00), ('TEST-BOOK', 2.50)) as t (sku, amount)
  join catalog.products p on p.sku = t.sku
  join catalog.price_lists l on l.is_default;

insert into warehouse.stock_movements (location_id, product_id, quantity, reason)
select l.id, p.id, t.quantity, 'receipt'
  from (values ('TEST-LAMP', 5), ('TEST-BOOK', 100)) as t (sku, quantity)
  join catalog.products p on p.sku = t.sku
  join warehouse.locations l on l.code = 'main';

-- Shorthands of the tests; they vanish with the fixture.
create function pg_temp.product(p_sku text) returns bigint language sql stable
    as $$ select p.id from catalog.products p where p.sku = p_sku $$;

create function pg_temp.customer(p_name text) returns bigint language sql stable
    as $$ select c.id from crm.customers c where c.email = p_name || '@test.invalid' $$;

-- Runs a statement that must fail with a certain SQLSTATE.
create function pg_temp.must_fail(p_sqlstate text, p_statement text)
returns void
language plpgsql
as $$
begin
    begin
        execute p_statement;
    exception
        when others then
            if sqlstate = p_sqlstate then
                return;
            end if;
            raise exception 'expected SQLSTATE %, got % (%)', p_sqlstate, sqlstate, sqlerrm;
    end;
    raise exception 'expected SQLSTATE %, but it succeeded: %', p_sqlstate, p_statement;
end;
$$;
