"""Web archives (WARC): records, the answers of web servers in them, and the pages that these hold."""
