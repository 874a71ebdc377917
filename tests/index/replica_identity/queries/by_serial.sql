select id from device where serial = $serial
