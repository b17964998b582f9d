"""The Bot API's methods by topic; each takes the world and the arguments and returns the ``result``."""
