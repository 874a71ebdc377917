select id, gateway from route where net >>= $address
