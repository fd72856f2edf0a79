package premise

// What maps and lists take beside what is in them, in bytes, as measured with Go 1.26 on 64 bits: see TestEditionBytes
// of package local.
const (
	setEntry    = 32  // of a map of strings that has many
	smallMap    = 300 // a map of a few strings
	listedBytes = 120 // a map's entry that is a list, with the list
)

// Bytes is about how many bytes the context takes beside the document's text.
func (c *Context) Bytes() int64 {
	n := int64(len(c.OnlyName)+len(c.common)+len(c.Persons)+len(c.Title))*setEntry + int64(len(c.Position))*(2*setEntry)
	n += int64(len(c.Entities)) * smallMap
	for _, list := range c.printed {
		n += listedBytes + 4*int64(cap(list))
	}
	for name := range c.phrases {
		n += setEntry + int64(len(name))
	}
	for _, list := range c.Speeches {
		n += listedBytes + 64*int64(len(list))
	}
	return n
}
