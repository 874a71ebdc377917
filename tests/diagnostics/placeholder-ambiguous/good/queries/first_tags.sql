select tags[1:$n] as tags from album
