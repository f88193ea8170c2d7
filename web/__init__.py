"""The only room with Flask: what people see in a browser and what a carrier calls. It shows and
passes on; rules live below."""
