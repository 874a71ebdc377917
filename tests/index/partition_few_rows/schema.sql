create table invoice (tenant int4 not null, id int8 not null, state text not null, due date, amount numeric not null, primary key (tenant, id)) partition by hash (tenant);
create table invoice_0 partition of invoice for values with (modulus 2, remainder 0);
create table invoice_1 partition of invoice for values with (modulus 2, remainder 1);
