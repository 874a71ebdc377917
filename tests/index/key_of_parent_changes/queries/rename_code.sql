update country set code = $new where code = $old
