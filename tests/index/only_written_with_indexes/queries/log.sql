insert into audit_log (actor, action) values ($actor, $action)
