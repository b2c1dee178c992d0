"""The journalists' door: a page to ask on, a widget that brings it to a press room, and a question left for somebody.

Public scope only, whoever asks: no account, no cookie, nothing kept in the browser.
"""
