"""How long pages take, beside the least that a Django page can take on the same machine at the same moment."""
