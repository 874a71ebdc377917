select id from score where game = $game order by points limit 10
