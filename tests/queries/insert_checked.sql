--! $name text not null
--! $price numeric not null
--! none
insert into album (name, price) values ($name, $price)
