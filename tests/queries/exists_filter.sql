--! $amount numeric not null
--! name text not null
--! many
select name from album a where exists (select from sale s where s.album = a.id and s.amount > $amount)
