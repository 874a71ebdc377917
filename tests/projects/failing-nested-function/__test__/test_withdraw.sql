-- The second withdrawal, on line 7, is too much.
insert into bank.accounts (id, balance) values (1, 100);

do $$
begin
    assert bank.withdraw(1, 70) = 30;
    assert bank.withdraw(1, 70) = -40;
end;
$$;
