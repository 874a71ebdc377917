--! $sale uuid not null
--! id int4 not null
--! price numeric not null
--! note text null
--! zero_or_one
update album a set price = s.amount from sale s where s.album = a.id and s.id = $sale returning a.id, a.price, s.note
