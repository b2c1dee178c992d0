"""The archive for chat clients written for OpenAI's API: what they send, what they are told, and how it is set."""
