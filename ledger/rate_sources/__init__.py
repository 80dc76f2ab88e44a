"""Where published exchange rates come from: the history that a library ships, and a service on the web."""
