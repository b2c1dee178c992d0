"""The e-mail door: a mailbox is read, cited answers are laid down as drafts for staff to send. Nothing is ever sent."""
