select l.*, now() as at from shop.looks as l where l.mail = any($mails)
