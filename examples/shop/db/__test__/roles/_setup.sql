-- Something to sell to Ben, prepared with the rights of who deploys.
insert into crm.addresses (customer_id, kind, recipient, place)
values (pg_temp.customer('ben'), 'shipping', 'Ben',
        row('Pier 3', null, 'EX1 1AA', 'Exeter', 'GB')::shop.postal_address);
