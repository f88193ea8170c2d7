"""A telephone exchange in a box."""
