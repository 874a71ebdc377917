--! w text not null
--! many
select w from album, regexp_split_to_table(name, ' ') w
