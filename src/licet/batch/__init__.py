"""Order books as tables: read, written, put together from parts, compared."""
