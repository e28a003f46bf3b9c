"""The conversation: what a text means, what we answer, what we remember for a day."""
