-- One schema per concern; "shop" holds the types they share.
create schema shop;
create schema crm;
create schema catalog;
create schema warehouse;
create schema sales;
create schema audit;
create schema report;

comment on schema shop is 'Types and trigger functions that all other schemas use.';
comment on schema crm is 'Customers and their addresses.';
comment on schema catalog is 'What is for sale: products, categories, prices.';
comment on schema warehouse is 'Where products are and how many are left.';
comment on schema sales is 'Carts, orders, payments, shipments, coupons, reviews.';
comment on schema audit is 'Who changed what.';
comment on schema report is 'Figures, refreshed now and then.';
