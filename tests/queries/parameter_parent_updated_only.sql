--! $note text not null -- alone.note refuses NULL
--! $id int4 not null
--! none
update only alone set note = $note where id = $id
