"""The desk: pages for people, made on the server, over the same services as the HTTP interface."""
