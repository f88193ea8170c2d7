"""How we ask by phone: conversation, effects, outcomes, and the port to a carrier."""
