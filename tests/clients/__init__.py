"""The same small bot in the libraries that people use; each is a program of its own.

It answers /start with a button, a tap with a toast and an edit, a document with the same document and an
album, a question with a poll, /leave with a deletion. Arguments: the sandbox's address and the token.
"""
