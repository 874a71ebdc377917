--! $id int4 not null
--! label text not null
--! many
select label from child where id = $id
