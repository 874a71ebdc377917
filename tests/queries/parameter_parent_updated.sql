--! $word text not null -- alone.word refuses NULL
--! $note text null
--! $more text null
--! $id int4 not null
--! none
update alone set word = $word, note = $note, more = $more where id = $id
