--! until 17
--! $id int4 not null
--! id int4 not null
--! label text not null
--! extra text null
--! many
select id, label, extra from parent where id = $id
