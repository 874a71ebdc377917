--! $region text not null
--! $item int4 not null
--! note text null
--! amount int4 null
--! many
-- The row moves into a partition, and the trigger of inserts sees it.
update stock set region = $region, note = 'moved' where item = $item returning note, amount
