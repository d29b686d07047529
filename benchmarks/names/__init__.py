"""How well and how fast names are found: a labelled test set, the tool that makes it, and a report beside peers."""
