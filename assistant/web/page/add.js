// The archive's own pane.
