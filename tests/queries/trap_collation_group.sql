--! $name text not null
--! name text not null
--! n int8 not null
--! many
select name, count(*) as n from artist where name = $name collate blind group by name
