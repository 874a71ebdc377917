--! has bool not null
--! lacks bool not null
--! same bool not null
--! many
select exists (select 1 from genre g where g.id = a.id) as has, not exists (select 1 from genre g where g.id = a.id) as lacks, (exists (select 1 from genre)) = true as same from artist a
