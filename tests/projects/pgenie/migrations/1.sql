-- Readers, and what they may read.
create type shelf as enum ('ground floor', 'attic');

create table reader (
    id   int8 generated always as identity primary key,
    name text not null,
    mail text unique
);

-- A statement that a client-side splitter cuts in two.
create function initial(of text) returns text language sql immutable
begin atomic
    select substr(of, 1, 1);
end;
