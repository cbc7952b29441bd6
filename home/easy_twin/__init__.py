"""Easy Finnish pages beside their Finnish sources, as editors work with them."""
