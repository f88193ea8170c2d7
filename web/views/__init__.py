"""What a page shows, made of rows by plain functions. Every number that identifies a person is
masked here, so that a template cannot show what it was not given."""
