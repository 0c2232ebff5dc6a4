"""Arabic: tables that a linguist can edit, and the code that compiles them."""
