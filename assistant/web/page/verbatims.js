// Who said what, when.
