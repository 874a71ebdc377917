-- Fails on line 3: the address is taken.
select 'before';
insert into public.users (email) values ('taken@example.org');
