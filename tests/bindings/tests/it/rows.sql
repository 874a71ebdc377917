-- Rows, so that bindings of a filled database can be held against those of an empty one.
insert into artist (id, name, email) values (1, 'Joni', 'joni@example.com'), (2, 'Nick', null);
insert into album (id, artist, name, format) values (1, 1, 'Blue', 'vinyl'), (2, null, 'Various', 'self');
insert into "Sales Dept"."Odd Table" ("type", "row") values (1, 1);
analyze;
