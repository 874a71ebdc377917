--! $item int4 not null
--! amount int4 null
--! zero_or_one
select amount from stock_eu where item = $item
