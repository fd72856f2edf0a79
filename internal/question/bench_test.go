package question

import "testing"

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read("What is the name of the treaty that ended the war between the two kingdoms in 1763?")
	}
}
