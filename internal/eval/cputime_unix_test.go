//go:build unix

package eval

import (
	"syscall"
	"time"
)

// cpuTime is what this process has computed so far: other programs on the machine are not in it.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
