-- A loan is overdue the day after it was due.
do $$
declare
    v_loan bigint := library.lend(pg_temp.book(), pg_temp.member());
begin
    assert not exists (select from library.overdue o where o.loan_id = v_loan);

    update library.loans set lent_on = current_date - 40, due_on = current_date - 12 where id = v_loan;
    assert (select o.days from library.overdue o where o.loan_id = v_loan) = 12;
end;
$$;
