/*
<pgmi-meta id="5d0e7f84-2a0b-4f5e-8d0c-3a9c2b6f1a01" idempotent="false">
  <description>Books, and the copies a library has of them.</description>
  <sortKeys>
    <key>100/010</key>
  </sortKeys>
</pgmi-meta>
*/
create table library.books (
    id        integer generated always as identity primary key,
    title     text    not null check (title <> ''),
    author    text,
    published integer check (published between 1400 and 2200)
);

create table library.copies (
    id      integer generated always as identity primary key,
    book_id integer not null references library.books on delete cascade,
    shelf   text
);

create index copies_book_id_idx on library.copies (book_id);
