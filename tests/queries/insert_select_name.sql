--! $name text not null -- artist.name refuses NULL
--! none -- the statement returns no columns
insert into artist (name) select $name from genre
