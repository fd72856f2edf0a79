package budget

import (
	"math"
	"runtime/debug"
	"runtime/metrics"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// The bounds of a Budget's limit, in bytes.
const (
	Least   = 64 << 20  // the program without documents takes about half of it
	Assumed = 512 << 20 // where the system does not say what it has
)

// Default is half of what this machine, or the control group (v1 or v2) that the process runs in, gives: at least
// Least.
func Default() int64 { return half(memlimit.FromCgroup, memlimit.FromSystem) }

func half(sources ...func() (uint64, error)) int64 {
	least := uint64(math.MaxUint64)
	for _, source := range sources {
		if n, err := source(); err == nil && n > 0 {
			least = min(least, n)
		}
	}
	if least == math.MaxUint64 {
		return Assumed
	}
	return max(int64(min(least/2, math.MaxInt64)), Least)
}

// Apply has the runtime collect garbage before the process reaches the limit: a sixteenth is left for what is not on
// the heap. A lower limit that the environment set (GOMEMLIMIT) stays.
func (b *Budget) Apply() {
	b.applied.Store(true)
	debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), b.limit-b.limit/16))
}

// liveHeap is how many bytes on the heap were in use when garbage was last collected.
func liveHeap() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// InUse is how many bytes the runtime has from the system now, the program itself included: what a limit of the heap is
// held to.
func InUse() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64() - sample[1].Value.Uint64())
}
