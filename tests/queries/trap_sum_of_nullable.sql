--! total numeric not null
--! other int8 null
--! many
select sum(s.amount) as total, sum(x.id) as other from sale s left join artist x on x.id = s.album group by s.customer
