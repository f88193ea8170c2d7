"""Settings, wiring and the command line: the composition root, and the only room that reads the
environment."""
