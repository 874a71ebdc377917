select id, item from stock where there < wanted
