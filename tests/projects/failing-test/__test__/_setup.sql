insert into public.users (email) values ('taken@example.org');
