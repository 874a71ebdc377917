insert into shop.thing values ($id, $code, $boxed, $mail, $moods, $spans) returning *
