--! r record not null
--! pair record not null
--! many
select row(1, 'a') as r, (id, name) as pair from artist
