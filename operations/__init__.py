"""One file per use case: load, decide, save and commit, then act. Holds no rule of its own."""
