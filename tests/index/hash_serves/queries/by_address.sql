select id from url where address = $address
