"""Questions of the import desk."""
