//go:build !unix

package convert

import (
	"os"
	"os/exec"
)

func self() (string, error) { return os.Executable() }

// contain leaves the child to be killed alone: it starts no others.
func contain(*exec.Cmd) {}

// limitMemory leaves the bound to the watcher.
func limitMemory(int64) {}
