select player, points from score order by points, player limit 10
