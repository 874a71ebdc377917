--! none
notify hello
