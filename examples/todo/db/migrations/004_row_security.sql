-- Everybody sees and changes their own tasks. "force" puts the owner of the table
-- under the policy, too; superusers and roles with bypassrls never are.
-- The sub-select is evaluated once a statement instead of once a row.
alter table todo.tasks enable row level security;
alter table todo.tasks force row level security;

create policy own_tasks on todo.tasks
    to authenticated
    using (owner = (select todo.current_owner()))
    with check (owner = (select todo.current_owner()));

-- Identity and times are not the client's to set. An owner may be given when a task is
-- added, and the policy sees to it that it is the right one; it never changes.
grant select, delete on todo.tasks to authenticated;
grant insert (owner, title, completed) on todo.tasks to authenticated;
grant update (title, completed) on todo.tasks to authenticated;
