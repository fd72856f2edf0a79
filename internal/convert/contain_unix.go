//go:build unix && !linux

package convert

import (
	"os"
	"os/exec"
	"syscall"
)

func self() (string, error) { return os.Executable() }

// contain puts the child into a process group of its own, which ends as a whole.
func contain(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limitMemory leaves the bound to the watcher: the size of the address space is not to be had in the same way
// everywhere.
func limitMemory(int64) {}
