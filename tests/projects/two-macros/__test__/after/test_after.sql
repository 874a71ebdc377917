do $$
begin
    assert pg_temp.step_taken(), 'the second suite runs after the step';
end;
$$;
