--! $id int4 not null
--! $note text null
--! none
--! since 15
merge into alone a using (select id from genre) g on a.id = g.id when matched and a.id = $id then update set note = $note
