select tags[:n] as tags from album
