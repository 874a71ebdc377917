update reminder set sent = true where batch = $batch
