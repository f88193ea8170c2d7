"""An insurer's policy list becomes policies. Nothing is stored here."""
