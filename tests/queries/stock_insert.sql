--! $region text not null
--! $item int4 not null
--! note text null
--! item int4 not null
--! zero_or_one
--! imprecise: the trigger of the partition that takes the row drops none; its body could be read
insert into stock (region, item, note) values ($region, $item, 'x') returning note, item
