"""Word files: .docx by hand, and .doc, .wps and .rtf through LibreOffice."""
