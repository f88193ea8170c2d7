"""What went wrong: findings, the classes they make, and deadlines. Pure."""
