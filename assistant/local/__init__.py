"""Language models that run here: GGUF files fetched once, served by llama.cpp inside the process."""
