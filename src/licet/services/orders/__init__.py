"""Order books: tables whose every line is a case, decided part by part, each distinct case once."""
