create table route (id int8 generated always as identity primary key, net inet not null, gateway inet not null);
