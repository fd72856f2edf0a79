package openai

import "strings"

// speech passes on what a model says while it says it, without what it thinks aloud before.
type speech struct {
	partial func(text string) // nil for nobody who listens
	begun   bool
	from    int // where the answer begins
	looked  int // how far the end of the thoughts has been looked for
}

// The tags around thoughts, as in thoughts.
const (
	thinkOpen  = "<think"
	thinkClose = "</think"
)

// more is called with all that the model has written so far. It looks at what is new alone.
func (s *speech) more(text string) {
	if s.partial == nil {
		return
	}
	if !s.begun && !s.begins(text) {
		return
	}
	if s.from = skipSpace(text, s.from); s.from < len(text) {
		s.partial(text[s.from:])
	}
}

// skipSpace is the place of the first character from the given one on that is not white space.
func skipSpace(text string, from int) int {
	return len(text) - len(strings.TrimLeft(text[from:], " \t\r\n"))
}

// begins finds where the answer begins, if it has begun.
func (s *speech) begins(text string) bool {
	if s.looked == 0 { // nothing but white space was seen
		s.from = skipSpace(text, s.from)
	}
	start := text[s.from:]
	if len(start) < len(thinkOpen) {
		return false // it may become a thought
	}
	if !strings.HasPrefix(start, thinkOpen) {
		s.begun = true
		return true
	}
	s.looked = max(s.looked, s.from+len(thinkOpen))
	at := strings.Index(text[s.looked:], thinkClose)
	if at < 0 {
		s.looked = max(s.looked, len(text)-len(thinkClose))
		return false
	}
	s.looked += at
	end := strings.IndexByte(text[s.looked:], '>')
	if end < 0 {
		return false
	}
	s.from, s.begun = s.looked+end+1, true
	return true
}
