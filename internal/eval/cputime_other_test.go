//go:build !unix

package eval

import "time"

var began = time.Now()

// cpuTime is the time that has passed: the machine should have nothing else to do.
func cpuTime() time.Duration { return time.Since(began) }
