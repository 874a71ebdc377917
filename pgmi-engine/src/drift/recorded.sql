-- When the last deployment was recorded, by whom and by what; and what compares now.
-- Who runs it: the engine, for drift.
select d.recorded_at::text as at,
       d.recorded_by,
       d.server_version,
       d.pgmi_version,
       pg_catalog.current_setting('server_version') as server_version_now,
       d.unrecorded_at::text as unrecorded_at,
       d.unrecorded_by
  from pgmi.deployment as d
