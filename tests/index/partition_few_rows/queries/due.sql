select id from invoice where tenant = $t and state = 'open' and due <= $d
