"""What was said: fetching, storing, cutting, transcribing and reading recordings."""
