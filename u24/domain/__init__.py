"""The words: plain values that every room speaks in. They need nothing but Python."""
