"""Fitting what the reader learned from labelled letters; a maintainer's tool, not part of the bot."""
