insert into album (name, artist, format, released)
values (trim($name), $artist, $format, default)
on conflict (id) do nothing
returning id, name, format
