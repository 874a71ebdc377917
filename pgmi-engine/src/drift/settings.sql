-- What makes definitions look the same whatever the session, the role and the database prefer.
-- Who runs it: the engine, at the beginning of a transaction that records or compares.
set local session authorization default;
set local role none;
set local search_path = '';
set local quote_all_identifiers = off;
set local standard_conforming_strings = on;
set local datestyle = 'ISO, MDY';
set local intervalstyle = 'postgres';
set local timezone = 'UTC';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local lc_monetary = 'C';
set local statement_timeout = 0;
