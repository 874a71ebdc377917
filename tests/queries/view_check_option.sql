--! $name text not null
--! $price numeric not null
--! id int4 not null
--! name text not null
--! released date null
--! price numeric not null
--! one
insert into cheap (name, price) values ($name, $price) returning id, name, released, price
