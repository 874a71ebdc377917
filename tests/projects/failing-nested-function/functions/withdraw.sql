-- Takes money from an account that has enough of it.
create or replace function bank.withdraw(
    p_account integer,
    p_amount  numeric
)
returns numeric
language plpgsql
as $$
declare
    v_balance numeric;
begin
    select a.balance into strict v_balance
      from bank.accounts a
     where a.id = p_account;

    if v_balance < p_amount then
        raise exception 'account % has only %', p_account, v_balance
            using errcode = 'BK001',
                  detail = pg_catalog.format('%s were to be withdrawn.', p_amount),
                  hint = 'Pay in first.';
    end if;

    update bank.accounts a
       set balance = a.balance - p_amount
     where a.id = p_account
    returning a.balance into v_balance;

    return v_balance;
end;
$$;
