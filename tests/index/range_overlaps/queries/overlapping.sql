select id, guest from booking where during && $during
