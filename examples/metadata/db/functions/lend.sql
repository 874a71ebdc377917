/*
<pgmi-meta id="e2a4c6d8-1357-4b9d-8f02-46ace0b8d421" idempotent="true">
  <description>Lending and returning</description>
  <sortKeys><key>300/010</key></sortKeys>
</pgmi-meta>
*/

-- Lends a copy of a book that is on its shelf; null when all copies are lent.
create or replace function library.lend(p_book_id integer, p_member_id integer)
returns bigint
language plpgsql
as $$
declare
    v_copy_id integer;
    v_loan_id bigint;
begin
    select c.id into v_copy_id
      from library.copies c
     where c.book_id = p_book_id
       and not exists (
           select from library.loans l where l.copy_id = c.id and l.returned_on is null)
     order by c.id
     limit 1
       for update skip locked;

    if not found then
        return null;
    end if;

    insert into library.loans (copy_id, member_id)
    values (v_copy_id, p_member_id)
    returning id into v_loan_id;

    return v_loan_id;
end;
$$;

-- Takes a loan back; says how many days it was late.
create or replace function library.take_back(p_loan_id bigint, p_on date default current_date)
returns integer
language sql
as $$
    update library.loans l
       set returned_on = p_on
     where l.id = p_loan_id
       and l.returned_on is null
    returning greatest(p_on - l.due_on, 0);
$$;
