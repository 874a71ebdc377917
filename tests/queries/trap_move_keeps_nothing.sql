--! note text null
--! many
update stock set region = 'b' where note is not null returning note
