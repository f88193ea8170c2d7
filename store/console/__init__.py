"""What the console's pages read. Only looks: nothing here changes a row, and what a number or a
list means is said in the docstring of its query."""
