--! $id int4 not null
--! old_word text null
--! zero_or_one
select old_word from doubted where id = $id
