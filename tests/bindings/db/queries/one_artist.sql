select name, born from artist
