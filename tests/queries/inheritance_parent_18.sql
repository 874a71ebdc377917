--! since 18
--! $id int4 not null
--! id int4 not null
--! label text not null
--! extra text not null
--! many
-- From 18 on a child cannot drop what it inherited.
select id, label, extra from parent where id = $id
