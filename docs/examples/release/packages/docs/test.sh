#!/bin/sh
# Stands for the tests of the package.
test -s README.md && echo "docs is fine"
