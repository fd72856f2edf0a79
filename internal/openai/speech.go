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

// more is called with all that the model has written so far.
func (s *speech) more(text string) {
	if s.partial == nil {
		return
	}
	if !s.begun && !s.begins(text) {
		return
	}
	if answer := strings.TrimLeft(text[s.from:], " \t\r\n"); answer != "" {
		s.partial(answer)
	}
}

// begins finds where the answer begins, if it has begun.
func (s *speech) begins(text string) bool {
	start := strings.TrimLeft(text, " \t\r\n")
	if len(start) < len(thinkOpen) {
		return false // it may become a thought
	}
	if !strings.HasPrefix(start, thinkOpen) {
		s.begun = true
		return true
	}
	at := strings.Index(text[s.looked:], thinkClose)
	if at < 0 {
		s.looked = max(0, len(text)-len(thinkClose))
		return false
	}
	end := strings.IndexByte(text[s.looked+at:], '>')
	if end < 0 {
		return false
	}
	s.from, s.begun = s.looked+at+end+1, true
	return true
}
