select $set::box_set as "set", array[$set::box_set] as sets, $tags::tags as tags, $stars::stars[] as stars
