create table public.users (
    id    integer generated always as identity primary key,
    email text not null,
    constraint users_email_key unique (email)
);
