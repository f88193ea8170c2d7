"""One script shown to people in several ways: the flow picture, the agent's page, the checklist.
Pure: texts and pictures out of a script, nothing read or written."""
