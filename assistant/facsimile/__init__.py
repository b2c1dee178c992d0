"""Pages of the documents as pictures, with the quoted words marked on them."""
