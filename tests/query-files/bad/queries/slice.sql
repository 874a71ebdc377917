select tags[:n]
from album
