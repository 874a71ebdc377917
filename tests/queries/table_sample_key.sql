--! $id int4 not null
--! name text not null
--! zero_or_one
select name from artist tablesample bernoulli (50) where id = $id
