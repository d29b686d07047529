"""A decision in the words of a reader: text, Markdown, HTML, JSON, in English or Chinese."""
