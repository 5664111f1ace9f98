"""A memory retold: what the family wrote comes in, every way to say it that is as true as what they wrote goes out."""
