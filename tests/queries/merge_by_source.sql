--! id int4 not null
--! given text null
--! many
--! since 17
merge into genre g using (select id, name from artist) v on g.id = v.id when matched then update set name = v.name when not matched by source then delete returning g.id, v.name as given
