--! id int4 not null
--! name text not null
--! many
table genre
