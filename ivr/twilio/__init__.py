"""The carrier Twilio, and every gateway that speaks its REST API and TwiML."""
