--! $name text not null
--! name text not null
--! many
select distinct name from artist where name = $name collate blind
