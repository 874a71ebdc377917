--! name text not null
--! many
(select name from artist union select null) intersect select name from genre
