--! $id int4 not null
--! $line text not null
--! none
insert into gated (id, line) values ($id, $line)
