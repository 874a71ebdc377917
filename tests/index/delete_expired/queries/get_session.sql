select account, data from session where token = $token and expires_at > now()
