select id, name from host where address << $net
