"""The pages: what people see in a browser, arranged by who walks in."""
