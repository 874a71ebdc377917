delete from reminder where account = $account
