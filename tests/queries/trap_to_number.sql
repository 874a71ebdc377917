--! n numeric null
--! d date not null
--! many
--! imprecise: the condition fixes the text, which is a number, and one row of the test has it
select to_number(name, '999') as n, to_date('2000', 'YYYY') as d from artist where name = '1'
