// Bot answers questions about documents in Discord and in a terminal, and shows the paragraph each sentence came from.
//
// Standard output carries the result alone; notes, progress and errors go to standard error.
package main

import (
	"context"
	"os"
	"runtime/debug"
)

// garbagePercent is how much garbage may lie beside what is in use. Of the first load of 100,000 paragraphs Go's own
// 100 makes 606 MB at the peak, 50 makes 545 and this 491, for a twentieth more of processor time.
const garbagePercent = 30

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
