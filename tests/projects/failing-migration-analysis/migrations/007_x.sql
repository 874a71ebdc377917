-- Übermäßig 漢字 🙂: a position counts characters, neither bytes nor UTF-16 units.
-- On line 4, column 12 there should be "name".
insert into public.marked_accounts (mark, name)
select 'é',nmae
  from public.accounts;
