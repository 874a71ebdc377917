-- A migration runs once in each database. One that was deployed is never edited: write another.
create table note (
    id         bigint generated always as identity primary key,
    author     text        not null check (author <> ''),
    body       text        not null,
    written_at timestamptz not null default now()
);

create index note_author on note (author, id desc);
