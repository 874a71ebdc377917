-- Takes the job that is due longest; two workers never get the same one.
update jobs.job
   set state = 'running', attempts = attempts + 1
 where id = (
       select waiting.id
         from jobs.job as waiting
        where waiting.queue = $queue and waiting.state = 'waiting' and waiting.due <= now()
        order by waiting.due
        limit 1
          for update skip locked)
returning id, payload::text as payload, attempts;
