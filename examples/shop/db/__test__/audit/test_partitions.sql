-- A row goes into the partition of its year; the default takes the rest.
do $$
begin
    insert into audit.log (relation, row_key, operation, occurred_at)
    values ('test', 'in a year', 'insert', '2026-06-30 12:00+00'),
           ('test', 'far away', 'insert', '1999-12-31 12:00+00');

    assert (select l.tableoid::regclass from audit.log l where l.row_key = 'in a year')
        = 'audit.log_2026'::regclass;
    assert (select l.tableoid::regclass from audit.log l where l.row_key = 'far away')
        = 'audit.log_other'::regclass;
end;
$$;
