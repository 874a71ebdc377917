select $ 1
