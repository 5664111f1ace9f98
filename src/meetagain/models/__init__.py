"""The catalogue of weights: name, licence, size, hash, where they come from."""
