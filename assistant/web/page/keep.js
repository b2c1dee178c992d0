// Conversations that are kept.
