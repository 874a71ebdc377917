create schema bank;

create table bank.accounts (
    id      integer primary key,
    balance numeric(12, 2) not null default 0
);
