insert into users values (1, 'ada@example.org');

-- An address belongs to one user.
insert into users values (2, 'ada@example.org');
