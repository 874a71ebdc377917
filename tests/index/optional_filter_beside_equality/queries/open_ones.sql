select id from line where ($purchase::int8 is null or purchase = $purchase) and not done order by id limit 10
