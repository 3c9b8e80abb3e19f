"""Values of cells: strict, and a cell that cannot be read says what to change."""
