"""What the built site costs its readers and its builders, measured. Judges nothing: tests and people do."""
