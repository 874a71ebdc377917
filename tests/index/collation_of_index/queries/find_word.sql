select id, sense from word where word = $word
