-- Notes beside what was recorded that somebody deployed since without recording: drift tells it.
-- Who runs it: the engine, at the end of every such deployment; where nothing was recorded, it does nothing.
reset session authorization;
reset role;
do $pgmi$
begin
    if pg_catalog.to_regclass('pgmi.deployment') is not null then
        update pgmi.deployment
           set unrecorded_at = pg_catalog.clock_timestamp(),
               unrecorded_by = session_user;
    end if;
exception
    -- Whoever may not write there deploys all the same.
    when others then
        null;
end
$pgmi$
