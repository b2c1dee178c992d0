// The row of tools under an answer.
