select answer, count(*) as votes from vote where poll = $poll group by answer
