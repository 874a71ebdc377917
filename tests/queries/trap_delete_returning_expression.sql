--! id int4 not null
--! line text not null
--! many
delete from log where line is not null returning id, upper(line) as line
