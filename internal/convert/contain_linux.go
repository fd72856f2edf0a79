package convert

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// self names this program even after its file was replaced by a newer one; where /proc is not to be had, by its path.
func self() (string, error) {
	const exe = "/proc/self/exe"
	if _, err := os.Readlink(exe); err != nil {
		return os.Executable()
	}
	return exe, nil
}

// contain puts the child into a process group of its own, which ends as a whole.
func contain(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// limitMemory lets the address space grow by the given number of bytes at most, and forbids to write files and dump
// core. Where the system refuses, the watcher remains.
func limitMemory(memory int64) {
	if used := addressSpace(); used > 0 {
		limit := uint64(used + 2*memory) // the runtime reserves ahead of its use
		_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit})
	}
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}

// addressSpace is the size of this process's address space in bytes, 0 if unknown: proc(5), the first field of statm.
func addressSpace() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	first, _, _ := bytes.Cut(text, []byte(" "))
	pages, err := strconv.ParseInt(string(first), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
