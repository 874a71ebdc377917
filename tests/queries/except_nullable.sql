--! bio text null
--! many
select bio from artist except select name from genre
