"""What `bench.py` consists of: projects of any size, their builds, the pages in a browser, and the report of it all.

Nothing here is part of the site or of its tests' verdict; a figure is a figure, and only the goals judge it.
"""
