"""What families wrote or had written down comes in (letters, diaries, chats, transcripts), its passages go out with writer and day."""
