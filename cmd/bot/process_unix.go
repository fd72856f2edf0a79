//go:build unix

package main

import "golang.org/x/sys/unix"

// noCoreDumps keeps the memory of the program, with tokens and questions, off the disk should it crash. An error leaves
// things as they are.
func noCoreDumps() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }

// coreDumps reports whether a crash would write one.
func coreDumps() bool {
	var limit unix.Rlimit
	return unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil && limit.Cur > 0
}

// mayOpen is how many files the process may have open at once.
func mayOpen() (files uint64, known bool) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return uint64(limit.Cur), true //nolint:unconvert // it is signed on some systems
}
