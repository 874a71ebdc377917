--! $a int4 not null
--! $b int4 not null
--! id int4 not null
--! line text null
--! many!
insert into log (id, line) values ($a, 'a'), ($b, null) returning id, line
