--! $id int4 not null
--! id int4 not null
--! label text not null
--! zero_or_one
select id, label from only parent where id = $id
