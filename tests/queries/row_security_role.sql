--! $id int4 not null
--! id int4 not null
--! owner text not null
--! body text null
--! zero_or_one
select id, owner, body from secret where id = $id
