--! $id int4 not null
--! new_name text null!
--! old_name text not null
--! zero_or_one
--! since 18
delete from genre where id = $id returning new.name as new_name, old.name as old_name
