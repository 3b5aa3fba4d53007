"""What leaves the desk as a file and comes back: the whole record, and one case as a bundle."""
