/*
<pgmi-meta id="e2a4c6d8-1357-4b9d-8f02-46ace0b8d422" idempotent="true">
  <description>What should have come back</description>
  <sortKeys><key>300/020</key></sortKeys>
</pgmi-meta>
*/
create or replace view library.overdue as
select l.id as loan_id,
       m.name as member,
       b.title,
       current_date - l.due_on as days,
       l.reminded_on
  from library.loans l
  join library.members m on m.id = l.member_id
  join library.copies c on c.id = l.copy_id
  join library.books b on b.id = c.book_id
 where l.returned_on is null
   and l.due_on < current_date;
