--! word text null
--! many
select word from (select bio as word from artist) x full join (select note as word from sale) y using (word)
