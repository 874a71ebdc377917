--! $id int4 not null
--! old_word text null
--! zero_or_one
--! imprecise: no row of the test is older than the CHECK
select old_word from doubted where id = $id
