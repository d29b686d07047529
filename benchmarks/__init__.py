"""The figures the README quotes, each with its peers: `make bench`."""
