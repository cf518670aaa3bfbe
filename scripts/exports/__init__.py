"""What readers take away: a deck for Anki, and a book as EPUB and PDF.

All of it is made of one rendering of the bank, `edition`; nothing here reads a generator's site.
"""
