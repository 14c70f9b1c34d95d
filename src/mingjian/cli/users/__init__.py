"""``mingjian users``: who may use a workspace through the service, from the machine where it lies."""
