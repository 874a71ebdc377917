select guest from booking where room = $room and during && $during
