select id from word where word = $word
