select tenant, id from invoice where state = 'open' and due <= current_date
