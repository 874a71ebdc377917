--! $name text not null
--! name text not null
--! many
select g.name from genre g, artist r where g.name = r.name and r.name = $name collate blind
