--! word required not null
--! many
select bio::required as word from artist
