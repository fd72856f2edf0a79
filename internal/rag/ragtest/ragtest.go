// Package ragtest holds what every implementation of rag's interfaces must do, as tests to run on it, and plain second
// implementations to compare with.
//
// Only tests import it. A suite takes a function that makes a fresh implementation, so that no test sees what another
// one left behind.
package ragtest

import "pilcrow/internal/article"

func ref(slug string, n int) article.Ref { return article.Ref{Slug: slug, N: n} }
