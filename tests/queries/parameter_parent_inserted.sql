--! $id int4 not null
--! $note text not null -- alone.note refuses NULL
--! none
insert into alone (id, word, note, more) values ($id, 'a', $note, 'x') on conflict (id) do update set note = $note
