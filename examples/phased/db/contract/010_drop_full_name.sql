-- The end of the change: the trigger goes, then the column. Both may be gone already.
-- The check on given_name stays, for the tail of the next deployment names it.
drop trigger if exists sync_names on app.accounts;
alter table app.accounts drop column if exists full_name;
