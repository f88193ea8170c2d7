"""What we ask and how an answer is understood. Lowest room: imports no other room of ours."""
