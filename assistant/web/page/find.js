// Finding without asking.
