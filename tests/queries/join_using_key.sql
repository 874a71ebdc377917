--! $sale uuid not null
--! id int4 not null
--! name text not null
--! note text null
--! zero_or_one
select a.id, a.name, s.note from album a join sale s on s.album = a.id where s.id = $sale
