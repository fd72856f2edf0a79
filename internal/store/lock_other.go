//go:build !unix || solaris || aix

package store

import "os"

// flock does nothing here. On Windows an open database cannot be renamed, so that one in use is not replaced all the same.
func flock(*os.File, bool) (taken bool) { return false }
