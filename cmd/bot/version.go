package main

// version is that of the newest entry in CHANGELOG.md; a test holds it to that.
const version = "0.1.0"
