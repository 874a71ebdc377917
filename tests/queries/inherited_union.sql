--! id int4 not null
--! label text not null
--! many
select id, label from only parent union all select id, label from child
