--! $item int4 not null
--! amount int4 null
--! many
select amount from stock where item = $item
