"""A family's photographs come in; who is in them, and what each shows of the person, goes out."""
