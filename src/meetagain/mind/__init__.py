"""Memory and conversation: only what the family told, cited."""
