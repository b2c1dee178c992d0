// Judging an answer.
