create table sale (id int8 generated always as identity primary key, product int8 not null, amount numeric(10, 2) not null, at date not null);
create materialized view turnover as select product, date_trunc('month', at::timestamp) as month, sum(amount) as amount from sale group by 1, 2;
