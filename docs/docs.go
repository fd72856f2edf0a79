// Package docs holds the documents that are compiled into the program, so that it answers with nothing beside it.
package docs

import "embed"

// FS holds the documents at its root.
//
//go:embed *.md
var FS embed.FS
