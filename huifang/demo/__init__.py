"""The demonstration: an insurer's list rung through the exchange in a box, with nothing set up."""
