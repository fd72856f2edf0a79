package commands

import (
	"sync"

	"pilcrow/internal/rag"
)

// A perEdition keeps what is made of the documents of the edition that was asked for last, each once. The zero perEdition is ready
// for use.
type perEdition[V any] struct {
	mu      sync.Mutex
	edition *rag.Edition
	made    map[string]V
}

// of returns what belongs to the key, and makes it where it is not there. Two that ask at once wait for one.
func (p *perEdition[V]) of(edition *rag.Edition, key string, build func() V) V {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.edition != edition {
		p.edition, p.made = edition, map[string]V{}
	}
	v, ok := p.made[key]
	if !ok {
		v = build()
		p.made[key] = v
	}
	return v
}
