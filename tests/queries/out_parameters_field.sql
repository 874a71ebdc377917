--! b text null
--! pair record null
--! many
select (pair_of(id)).b as b, pair_of(id) as pair from artist
