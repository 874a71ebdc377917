insert into audit_log (actor, action, detail) values ($actor, $action, $detail)
