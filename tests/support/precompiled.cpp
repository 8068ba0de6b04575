// Nothing: the target that compiles the headers of all tests once needs a source.
