"""One module a kind of annotation; they never import one another: what one needs of another arrives as an argument."""
