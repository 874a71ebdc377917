--! none
select from artist
