/*
<pgmi-meta id="5d0e7f84-2a0b-4f5e-8d0c-3a9c2b6f1a03" idempotent="false">
  <description>
    Loans: a copy is lent to one member at a time, and comes back or does not.
  </description>
  <sortKeys>
    <key>100/030</key>
  </sortKeys>
</pgmi-meta>
*/
create table library.loans (
    id          bigint generated always as identity primary key,
    copy_id     integer not null references library.copies,
    member_id   integer not null references library.members,
    lent_on     date    not null default current_date,
    due_on      date    not null default current_date + 28,
    returned_on date    check (returned_on >= lent_on),
    check (due_on > lent_on)
);

create unique index loans_one_at_a_time_idx on library.loans (copy_id) where returned_on is null;
create index loans_member_id_idx on library.loans (member_id);
