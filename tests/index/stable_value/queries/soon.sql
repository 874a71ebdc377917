select account from session where expires between now() and now() + interval '1 hour'
