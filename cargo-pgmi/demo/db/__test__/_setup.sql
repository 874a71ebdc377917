-- What every test begins with; it is rolled back, as they are.
insert into artist (name) values ('test: somebody');
