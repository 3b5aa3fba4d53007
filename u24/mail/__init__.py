"""The mail door: decision briefs go out, proven replies come in and act on the desk."""
