package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// problem is one thing wrong with a request's body.
type problem struct {
	rule         Rule
	path         string // dotted, as Discord nests its errors: embeds.0.title
	code         string // BASE_TYPE_MAX_LENGTH and the like
	value, limit string
}

// problems collects what is wrong with a body, so that all of it is reported at once.
type problems struct {
	list []problem
}

func (p *problems) add(rule Rule, path, code, value, limit string) {
	p.list = append(p.list, problem{rule, path, code, value, limit})
}

// length wants between low and high characters.
func (p *problems) length(rule Rule, path, text string, low, high int) {
	n := utf8.RuneCountInString(text)
	switch {
	case n == 0 && low > 0:
		p.add(rule, path, "BASE_TYPE_REQUIRED", "empty", fmt.Sprintf("%d to %d characters", low, high))
	case n < low || n > high:
		p.add(rule, path, "BASE_TYPE_BAD_LENGTH",
			fmt.Sprintf("%d characters", n), fmt.Sprintf("%d to %d characters", low, high))
	}
}

// count wants between low and high things.
func (p *problems) count(rule Rule, path string, n, low, high int) {
	if n < low || n > high {
		p.add(rule, path, "BASE_TYPE_BAD_LENGTH", fmt.Sprint(n), fmt.Sprintf("%d to %d", low, high))
	}
}

// refuse records the problems as breaches and answers 50035 with nested errors, or nil if there are none.
// The caller holds s.mu.
func (s *Server) refuse(c *call, p *problems) *reply {
	if len(p.list) == 0 {
		return nil
	}
	tree := newErrorTree()
	for _, x := range p.list {
		x.path = c.prefix + x.path
		s.breach(Breach{Rule: x.rule, Where: c.where, What: x.path, Value: x.value, Limit: x.limit})
		tree.add(strings.Split(x.path, "."), formError{x.code, "Is " + x.value + ", must be " + x.limit + "."})
	}
	return &reply{status: http.StatusBadRequest, body: encode(struct {
		Message string     `json:"message"`
		Code    int        `json:"code"`
		Errors  *errorTree `json:"errors"`
	}{"Invalid Form Body", codeForm, tree})}
}

type formError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// errorTree is Discord's nesting: objects by field name and index, with _errors at the leaves.
type errorTree struct {
	errors []formError
	fields map[string]*errorTree
}

func newErrorTree() *errorTree { return &errorTree{fields: map[string]*errorTree{}} }

func (t *errorTree) add(path []string, e formError) {
	for _, name := range path {
		if t.fields[name] == nil {
			t.fields[name] = newErrorTree()
		}
		t = t.fields[name]
	}
	t.errors = append(t.errors, e)
}

// MarshalJSON writes the fields, and _errors if there are any.
func (t *errorTree) MarshalJSON() ([]byte, error) {
	out := map[string]json.RawMessage{}
	for name, sub := range t.fields {
		b, err := json.Marshal(sub)
		if err != nil {
			return nil, err
		}
		out[name] = b
	}
	if len(t.errors) > 0 {
		out["_errors"] = encode(t.errors)
	}
	return json.Marshal(out)
}
