/***********************************************************************
 * Members.  /* The banner is a comment of its own, and comments nest. */
 ***********************************************************************/

/*
<pgmi-meta
    id="5d0e7f84-2a0b-4f5e-8d0c-3a9c2b6f1a02"
    idempotent="false">
  <description>People who may borrow books</description>
  <sortKeys>
    <key>100/020</key>
  </sortKeys>
</pgmi-meta>
*/
create table library.members (
    id        integer generated always as identity primary key,
    name      text not null,
    joined_on date not null default current_date,
    left_on   date check (left_on >= joined_on)
);
