"""What people say of facts: applied to records, ranked for a look, compared, and given out as labelled data."""
