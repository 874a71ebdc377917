--! $id int4 not null
--! $word text null
--! $loose text null
--! id int4 not null
--! old_word text null
--! loose text null
--! one
--! imprecise: a constraint that is NOT VALID is held against new rows all the same
insert into doubted (id, old_word, loose) values ($id, $word, $loose) returning id, old_word, loose
--! until 17
