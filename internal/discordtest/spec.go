package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Spec is Discord's own description of its interface, in OpenAPI 3.1. Of JSON Schema it reads what that description
// uses. Bodies are held against it; what it does not say (most of Discord's limits) the fake knows by itself.
type Spec struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	Body *struct {
		Required bool `json:"required"`
		Content  map[string]struct {
			Schema *schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
}

// UnmarshalJSON leaves out what stands beside the operations of a path.
func (o *operation) UnmarshalJSON(data []byte) error {
	type plain operation
	if len(data) == 0 || data[0] != '{' {
		return nil
	}
	return json.Unmarshal(data, (*plain)(o))
}

type schema struct {
	Ref         string             `json:"$ref"`
	Type        kinds              `json:"type"`
	Properties  map[string]*schema `json:"properties"`
	Required    []string           `json:"required"`
	Additional  *schema            `json:"additionalProperties"`
	Enum        []json.RawMessage  `json:"enum"`
	Const       json.RawMessage    `json:"const"`
	OneOf       []*schema          `json:"oneOf"`
	AnyOf       []*schema          `json:"anyOf"`
	AllOf       []*schema          `json:"allOf"`
	Items       *schema            `json:"items"`
	MinItems    *int               `json:"minItems"`
	MaxItems    *int               `json:"maxItems"`
	Unique      bool               `json:"uniqueItems"`
	MinLength   *int               `json:"minLength"`
	MaxLength   *int               `json:"maxLength"`
	Minimum     *float64           `json:"minimum"`
	Maximum     *float64           `json:"maximum"`
	Pattern     string             `json:"pattern"`
	MaxProperty *int               `json:"maxProperties"`
	never       bool
}

// UnmarshalJSON takes true and false for schemas, too.
func (s *schema) UnmarshalJSON(data []byte) error {
	type plain schema
	switch string(data) {
	case "true":
		return nil
	case "false":
		s.never = true
		return nil
	}
	return json.Unmarshal(data, (*plain)(s))
}

// kinds are the types of a value, of which a schema names one or several.
type kinds []string

// UnmarshalJSON reads one name or a list.
func (k *kinds) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*k = kinds{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(k))
}

// LoadSpec reads the description from a file.
func LoadSpec(path string) (*Spec, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read Discord's description: %w", err)
	}
	var s Spec
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("read Discord's description: %w", err)
	}
	for _, c := range s.Components.Schemas {
		if p := c.Properties[permissionsProperty]; p != nil && !slices.Contains(p.Type, "string") {
			p.Type = append(p.Type, "string")
		}
	}
	return &s, nil
}

// permissionsProperty is a number in Discord's description and text in its reference, and both are taken. As text no
// language rounds it.
const permissionsProperty = "default_member_permissions"

// Check holds the body of a call against the description; nil is no body. path is the one without /api/v9.
func (s *Spec) Check(method, path string, body json.RawMessage) error {
	op, ok := s.operation(method, path)
	switch {
	case !ok:
		return errors.New("there is no such endpoint")
	case op.Body == nil:
		return nil
	}
	content, ok := op.Body.Content["application/json"]
	if !ok || content.Schema == nil {
		return nil
	}
	return s.check(content.Schema, body, "", maxDepth)
}

const maxDepth = 64 // ours: of values and references

// operation finds what is called: a path without a variable is nearer than one with it.
func (s *Spec) operation(method, path string) (operation, bool) {
	have := strings.Split(path, "/")
	best, found, fewest := operation{}, false, 0
	for pattern, methods := range s.Paths {
		want := strings.Split(pattern, "/")
		op, ok := methods[strings.ToLower(method)]
		if !ok || len(want) != len(have) {
			continue
		}
		variables, fits := 0, true
		for i, w := range want {
			if strings.HasPrefix(w, "{") {
				variables++
			} else if w != have[i] {
				fits = false
			}
		}
		if fits && (!found || variables < fewest) {
			best, found, fewest = op, true, variables
		}
	}
	return best, found
}

// A mismatch is where a value is not as it is described.
type mismatch struct{ at, what string }

// Error names the place and what is wrong there.
func (m *mismatch) Error() string { return "at " + m.at + ": " + m.what }

// depth tells which of several mismatches is nearest to what was meant: one of another type was not.
func (m *mismatch) depth() int {
	n := 2 * strings.Count(m.at, ".")
	if strings.HasSuffix(m.at, ".type.") {
		n--
	}
	return n
}

// A complaint makes the mismatch of a value.
type complaint = func(what string) error

func (s *Spec) check(want *schema, value json.RawMessage, at string, depth int) error {
	wrong := func(what string) error { return &mismatch{at + ".", what} }
	if depth == 0 {
		return wrong("nested too deep")
	}
	if want.never {
		return wrong("must not be there")
	}
	if want.Ref != "" {
		to := s.Components.Schemas[strings.TrimPrefix(want.Ref, "#/components/schemas/")]
		if to == nil {
			return wrong(fmt.Sprintf("the description lacks %s", want.Ref))
		}
		return s.check(to, value, at, depth-1)
	}
	kind := kindOf(value)
	if what := want.refuses(kind, value); what != "" {
		return wrong(what)
	}
	for _, part := range want.AllOf {
		if err := s.check(part, value, at, depth-1); err != nil {
			return err
		}
	}
	for _, choice := range [][]*schema{want.OneOf, want.AnyOf} {
		if err := s.oneOf(choice, value, at, depth); err != nil {
			return err
		}
	}
	switch kind {
	case "string":
		return want.text(value, wrong)
	case "integer", "number":
		if !want.bounds(value) {
			return wrong(fmt.Sprintf("%s is out of bounds", value))
		}
	case "array":
		return s.list(want, value, at, depth, wrong)
	case "object":
		return s.object(want, value, at, depth, wrong)
	}
	return nil
}

// refuses says what is wrong with a value of that kind, by type and by the values that there may be; "" for nothing.
func (s *schema) refuses(kind string, value json.RawMessage) string {
	if len(s.Type) > 0 && !slices.Contains(s.Type, kind) &&
		(kind != "integer" || !slices.Contains(s.Type, "number")) {
		return fmt.Sprintf("is %s, want %v", kind, s.Type)
	}
	same := func(v json.RawMessage) bool { return bytes.Equal(bytes.TrimSpace(v), value) }
	if len(s.Const) > 0 && !same(s.Const) || len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, same) {
		return fmt.Sprintf("is %s, want %s%s", value, s.Const, bytes.Join(rawBytes(s.Enum), []byte(", ")))
	}
	return ""
}

// bounds reports whether a number is within the bounds.
func (s *schema) bounds(value json.RawMessage) bool {
	var n float64
	return json.Unmarshal(value, &n) == nil && (s.Minimum == nil || n >= *s.Minimum) &&
		(s.Maximum == nil || n <= *s.Maximum)
}

// oneOf wants one of several schemas; of several mismatches it reports the deepest, which is the one that was meant.
func (s *Spec) oneOf(choices []*schema, value json.RawMessage, at string, depth int) error {
	var deepest *mismatch
	for _, choice := range choices {
		err := s.check(choice, value, at, depth-1)
		if err == nil {
			return nil
		}
		if m, ok := errors.AsType[*mismatch](err); ok && (deepest == nil || m.depth() > deepest.depth()) {
			deepest = m
		}
	}
	if deepest == nil {
		return nil
	}
	return deepest
}

func (s *schema) text(value json.RawMessage, wrong complaint) error {
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return wrong("is no text")
	}
	n := utf8.RuneCountInString(text)
	if s.MinLength != nil && n < *s.MinLength || s.MaxLength != nil && n > *s.MaxLength {
		return wrong(fmt.Sprintf("has %d characters", n))
	}
	if s.Pattern != "" {
		if fits, err := regexp.MatchString(s.Pattern, text); err != nil || !fits {
			return wrong(fmt.Sprintf("%q is not like %s", text, s.Pattern))
		}
	}
	return nil
}

func (s *Spec) list(want *schema, value json.RawMessage, at string, depth int, wrong complaint) error {
	var list []json.RawMessage
	if err := json.Unmarshal(value, &list); err != nil {
		return wrong("is no list")
	}
	if want.MinItems != nil && len(list) < *want.MinItems || want.MaxItems != nil && len(list) > *want.MaxItems {
		return wrong(fmt.Sprintf("has %d entries", len(list)))
	}
	for i, v := range list {
		if want.Unique && slices.ContainsFunc(list[:i], func(o json.RawMessage) bool { return bytes.Equal(o, v) }) {
			return wrong(fmt.Sprintf("has %s twice", v))
		}
		if want.Items != nil {
			if err := s.check(want.Items, v, fmt.Sprintf("%s.%d", at, i), depth-1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Spec) object(want *schema, value json.RawMessage, at string, depth int, wrong complaint) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(value, &fields); err != nil {
		return wrong("is no object")
	}
	if want.MaxProperty != nil && len(fields) > *want.MaxProperty {
		return wrong(fmt.Sprintf("has %d fields", len(fields)))
	}
	for _, name := range want.Required {
		if _, ok := fields[name]; !ok {
			return wrong(fmt.Sprintf("lacks %s", name))
		}
	}
	names := slices.SortedFunc(maps.Keys(fields), func(a, b string) int { // the type first: it says which schema was meant
		switch {
		case a == "type":
			return -1
		case b == "type":
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		v, field := fields[name], want.Properties[name]
		if field == nil {
			field = want.Additional
		}
		if field == nil {
			continue // the description forbids nothing that it does not name
		}
		if err := s.check(field, v, at+"."+name, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// kindOf is the type of a JSON value, as schemas call it.
func kindOf(value json.RawMessage) string {
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return "nothing"
	}
	switch value[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	if bytes.ContainsAny(value, ".eE") {
		return "number"
	}
	return "integer"
}

func rawBytes(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
