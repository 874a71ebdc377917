select guest from booking where during && $during
