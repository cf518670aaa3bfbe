"""From the tree that Markdown makes of a page to the elements that readers meet. Reads no files but figures."""
