//go:build !race

package main

// raced tells that the race detector is on: then memory and time are not what they are.
const raced = false
