-- What the collection begins with.
insert into artist (name) values ('Joni Mitchell'), ('Nina Simone');

insert into album (artist, name, released, format)
select artist.id, first.name, first.released::date, first.format::format
  from (values
    ('Joni Mitchell', 'Blue',                '1971-06-22', 'vinyl'),
    ('Joni Mitchell', 'Court and Spark',     '1974-01-17', 'cd'),
    ('Joni Mitchell', 'Hejira',              '1976-11-22', 'vinyl'),
    ('Nina Simone',   'Pastel Blues',        '1965-10-01', 'vinyl'),
    (null,            'Anthology of Folk',   '1952-08-09', 'download')
  ) as first (artist, name, released, format)
  left join artist on artist.name = first.artist;
