create table event (id int8 not null, at timestamptz not null, kind text not null, account int8 not null) partition by range (at);
create table event_2024 partition of event for values from ('2024-01-01') to ('2025-01-01');
create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01');
create table event_rest partition of event default;
