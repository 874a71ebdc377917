--! b text null
--! pair record null
--! many
--! imprecise: pair_of gives a row whatever it gets; its body could be read
select (pair_of(id)).b as b, pair_of(id) as pair from artist
