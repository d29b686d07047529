"""The HTTP interface: a thin shell over services. It speaks the contracts of the command line."""
