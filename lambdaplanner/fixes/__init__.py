"""Edits that mend what is found, for findings and for obstacles; each is tried before it is
offered.
"""
