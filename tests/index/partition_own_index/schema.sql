create table reading (metric int4 not null, at date not null, value float8 not null) partition by range (at);
create table reading_2024 partition of reading for values from ('2024-01-01') to ('2025-01-01');
create table reading_rest partition of reading default;
create index reading_metric on reading (metric, at);
create index reading_2024_at on reading_2024 (at, value);
