-- Money is shown with two decimals and its currency.
do $$
begin
    assert shop.format_money(row(12.5, 'EUR')::shop.money) = '12.50 EUR';
    assert shop.format_money(row(null, 'EUR')::shop.money) is null;
    assert shop.format_money(null) is null;
end;
$$;
