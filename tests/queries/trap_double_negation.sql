--! released date not null
--! many
select released from album where not (released is null or artist is null)
