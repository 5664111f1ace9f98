"""The nouns that cross rooms. Every one is a frozen msgspec Struct; TypeScript types are generated from schema.wire."""
