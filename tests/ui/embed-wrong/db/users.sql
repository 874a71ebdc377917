/* <pgmi-meta id="not-a-uuid" idempotent="yes"/> */
create table users (id int);
