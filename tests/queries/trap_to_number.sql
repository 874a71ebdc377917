--! n numeric null
--! d date not null
--! many
select to_number(name, '999') as n, to_date('2000', 'YYYY') as d from artist where name = '1'
