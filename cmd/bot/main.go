// Bot answers questions about documents in Discord and in a terminal, and shows the paragraph each sentence came from.
//
// Standard output carries the result alone; notes, progress and errors go to standard error.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
