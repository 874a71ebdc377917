select player, points from score order by points desc, player limit 10
