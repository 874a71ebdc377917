do $$
begin
    assert not pg_temp.step_taken(), 'the first suite runs before the step';
end;
$$;
