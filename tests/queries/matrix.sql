--! $id int4 not null
--! m int4[][] null
--! words text[] not null
--! zero_or_one
select m, words from matrix where id = $id
