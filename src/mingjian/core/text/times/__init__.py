"""Times: from the words of an expression to a stretch of the calendar."""
