"""Facts that something which reads text proposes, each with the words it came from; the rules decide."""
