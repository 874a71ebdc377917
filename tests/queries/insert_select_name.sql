--! $name text not null
--! none
insert into artist (name) select $name from genre
