"""A picture comes in; a KTX2 file, which a graphics card keeps packed, goes out."""
