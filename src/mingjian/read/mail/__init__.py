"""Messages (MIME): mails, and pages that a browser saved into one file (MHTML)."""
