-- After 2, as people count.
create table loan (
    book     int8 not null references book,
    reader   int8 not null references reader,
    since    timestamptz not null default now(),
    returned timestamptz,
    primary key (book, since)
);
create index concurrently loan_reader on loan (reader);
alter table book add column shelf shelf;
