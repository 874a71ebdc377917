create table public.accounts (
    id   integer generated always as identity primary key,
    name text not null
);

create table public.marked_accounts (
    mark text not null,
    name text not null
);
