--! j bool not null
--! o bool null
--! many
--! since 16
select name is json as j, bio is json object as o from artist
