select 'sent' as box, id, body from sent where author = $account
union all
select 'received', id, body from received where recipient = $account
