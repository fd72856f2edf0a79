package ragtest_test

import (
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func TestMemory(t *testing.T) {
	ragtest.TestVectors(t, func(*testing.T) rag.Vectors { return new(ragtest.Memory) })
}
