package screen

import (
	"regexp"
	"strings"
)

// A style is how a line stands.
type style int

const (
	plain style = iota
	heading
	small
	bullet
	quoted
)

// A run is a piece of a line that looks the same.
type run struct {
	text    string
	bold    bool
	mention bool
}

var (
	strong   = regexp.MustCompile(`^\*\*((?:\\.|[^*\\])+)\*\*`)
	mentions = regexp.MustCompile(`^<(@!?|@&|#)\d+>`)
)

// lineOf reads the mark at the beginning of a line.
func lineOf(line string) (style, string) {
	for mark, s := range map[string]style{"### ": heading, "-# ": small, "- ": bullet, "> ": quoted} {
		if rest, found := strings.CutPrefix(line, mark); found {
			return s, rest
		}
	}
	return plain, line
}

// runs reads bold text, mentions and backslashes. named says what a mention shows.
func runs(text string, named func(string) string) []run {
	var out []run
	var now strings.Builder
	end := func() {
		if now.Len() > 0 {
			out = append(out, run{text: now.String()})
			now.Reset()
		}
	}
	for text != "" {
		switch {
		case text[0] == '\\' && len(text) > 1:
			now.WriteByte(text[1])
			text = text[2:]
		case strong.MatchString(text):
			m := strong.FindStringSubmatch(text)
			end()
			for _, r := range runs(m[1], named) {
				r.bold = true
				out = append(out, r)
			}
			text = text[len(m[0]):]
		case mentions.MatchString(text):
			m := mentions.FindString(text)
			end()
			out = append(out, run{text: named(m), mention: true})
			text = text[len(m):]
		default:
			now.WriteByte(text[0])
			text = text[1:]
		}
	}
	end()
	return out
}
