"""The shelves: records, catalogue, indexes, and the archive that keeps them in step.

Imports nothing of ours. What ingest and assistant share is the record on the shelf, so
dates and sentences are analysed here, identically when shelved and when asked for.
"""
