--! $id int4 not null
--! $note text not null -- alone.note refuses NULL
--! none
--! since 15
merge into alone a using (select $id::int4 as id) s on a.id = s.id when not matched then insert (id, word, note, more) values (s.id, 'a', $note, 'x')
