package reading

import (
	"reflect"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/quote"
)

// remember has what is kept of documents counted, and dropped where others need the room.
func (t *Table) remember(turns access.Makers, b *budget.Budget) {
	t.speeches.Bound(turns, b, speech.bytes)
	t.events.Bound(turns, b, events.bytes)
	t.Cast.Bound(turns, b, bytesOfCast)
	t.summaries.Bound(turns, nil, nil) // they are too small to be counted
	b.Reclaimer(func(bytes int64) {
		t.Cast.Give(t.events.Give(t.speeches.Give(bytes)))
	})
}

// What follows is about how many bytes a reading takes beside the document's text, whose words it points to: see
// TestReadingBytes.

func (s speech) bytes() int64 {
	n := int64(len(s.said))*sizeOf[said]() + int64(len(s.reported))*sizeOf[reported]()
	seen := map[*uint32]bool{}
	for i := range s.said {
		n += s.said[i].scene.bytes(seen)
	}
	for i := range s.reported {
		n += s.reported[i].scene.bytes(seen)
	}
	if len(s.said) > 0 {
		n += s.said[0].scene.stems.bytes()
	} else if len(s.reported) > 0 {
		n += s.reported[0].scene.stems.bytes()
	}
	for _, p := range s.people {
		n += bytesOfNames(p.Name, p.Role, p.Aliases) + sizeOf[quote.Person]() + int64(len(p.Refs))*sizeOf[article.Ref]()
	}
	return n
}

func (e events) bytes() int64 {
	n := int64(len(e.happened)) * sizeOf[happened]()
	seen := map[*uint32]bool{}
	for i := range e.happened {
		n += e.happened[i].scene.bytes(seen)
	}
	if len(e.happened) > 0 {
		n += e.happened[0].scene.stems.bytes()
	}
	return n
}

func bytesOfCast(all []Somebody) int64 {
	n := int64(0)
	for _, s := range all {
		n += bytesOfNames(s.Name, s.Role, s.Aliases) + sizeOf[Somebody]() +
			int64(len(s.Refs)+len(s.Speaks))*sizeOf[article.Ref]()
	}
	return n
}

func bytesOfNames(name, role string, aliases []string) int64 {
	n := int64(len(name) + len(role))
	for _, a := range aliases {
		n += sizeOf[string]() + int64(len(a))
	}
	return n
}

// bytes is about what a scene takes beside itself. What several share of a paragraph is counted once: seen has what
// was.
func (s scene) bytes(seen map[*uint32]bool) int64 {
	n := 4 * int64(len(s.own)+len(s.near))
	if len(s.far) > 0 && !seen[&s.far[0]] {
		seen[&s.far[0]] = true
		n += 4 * int64(len(s.far))
	}
	return n
}

// bytes is about what the stems of a reading take.
func (s *stems) bytes() int64 {
	const entry = 64 // of a map from a string to a number, with a short string
	if s == nil {
		return 0
	}
	return int64(len(s.ids)) * entry
}

func sizeOf[T any]() int64 { return int64(reflect.TypeFor[T]().Size()) }
