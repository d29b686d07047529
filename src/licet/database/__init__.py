"""How files of SQLite are opened, for all who keep something in one through SQLAlchemy."""
