package discordtest

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

const maxNumber = 1 << 53 // Discord: numbers and integers of options lie within ±2^53

// An Option is a value for a command's parameter, as it is typed; Discord's client turns it into the registered type.
type Option struct {
	Name, Value string
	File        *File // for a parameter that takes one
}

// Opt is an Option.
func Opt(name, value string) Option { return Option{Name: name, Value: value} }

// OptFile is an Option that sends a file.
func OptFile(name string, f File) Option { return Option{Name: name, Value: f.Name, File: &f} }

// optionWire is an option in an interaction.
type optionWire struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value,omitempty"`
	Options []optionWire    `json:"options,omitempty"`
	Focused bool            `json:"focused,omitempty"`
}

// values turns typed options into wire values by the registered parameters; the focused one may be anything. What they
// name is added to the resolved objects. The caller holds s.mu.
func (p *Person) values(ch *channel, params []CommandOption, opts []Option, focused string, r *resolved) ([]optionWire,
	int, error) {
	var out []optionWire
	kind := 0
	for _, o := range opts {
		at := slices.IndexFunc(params, func(c CommandOption) bool { return c.Name == o.Name })
		if at < 0 {
			return nil, 0, fmt.Errorf("%w: no option %s", ErrBadOption, o.Name)
		}
		w := optionWire{Name: o.Name, Type: params[at].Type}
		if o.Name == focused {
			if !params[at].Autocomplete {
				return nil, 0, fmt.Errorf("%w: %s has no autocomplete", ErrBadOption, o.Name)
			}
			w.Focused, w.Value, kind = true, encode(o.Value), w.Type
		} else {
			value, err := p.value(ch, params[at], o, r)
			if err != nil {
				return nil, 0, err
			}
			w.Value = value
		}
		out = append(out, w)
	}
	for _, c := range params {
		if c.Required && focused == "" && !slices.ContainsFunc(opts, func(o Option) bool { return o.Name == c.Name }) {
			return nil, 0, fmt.Errorf("%w: %s is required", ErrBadOption, c.Name)
		}
	}
	return out, kind, nil
}

// value is an option's value as the client sends it. The caller holds s.mu.
func (p *Person) value(ch *channel, param CommandOption, o Option, r *resolved) (json.RawMessage, error) {
	s, id := p.s, ID(o.Value)
	bad := fmt.Errorf("%w: %s cannot be %q", ErrBadOption, o.Name, o.Value)
	switch param.Type {
	case optAttachment:
		if o.File == nil {
			return nil, bad
		}
		a := s.upload(ch.ID, *o.File)
		if r.Attachments == nil {
			r.Attachments = map[ID]Attachment{}
		}
		r.Attachments[a.ID] = a
		return encode(a.ID), nil
	case optChannel:
		c := s.world.channels[id]
		if c == nil || c.GuildID != ch.GuildID || len(param.ChannelTypes) > 0 &&
			!slices.Contains(param.ChannelTypes, c.Type) {
			return nil, bad
		}
		if r.Channels == nil {
			r.Channels = map[ID]Channel{}
		}
		r.Channels[id] = Channel{ID: id, Type: c.Type, Name: c.Name, ParentID: c.ParentID,
			Permissions: fmt.Sprint(p.permissions)}
		return encode(id), nil
	case optRole:
		g := s.world.guild(ch.GuildID)
		if g == nil {
			return nil, bad
		}
		at := slices.IndexFunc(g.roles, func(role Role) bool { return role.ID == id })
		if at < 0 {
			return nil, bad
		}
		if r.Roles == nil {
			r.Roles = map[ID]Role{}
		}
		r.Roles[id] = g.roles[at]
		return encode(id), nil
	}
	return typed(param, o.Value)
}

// number is a value of a numeric option, or why the client does not accept it.
func number(o CommandOption, value string) (n float64, why string) {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || !(math.Abs(n) <= maxNumber) || o.Type == optInteger && n != math.Trunc(n) { // NaN is no number
		return 0, "not a number of that kind"
	}
	if o.MinValue != nil && n < *o.MinValue || o.MaxValue != nil && n > *o.MaxValue {
		return 0, "out of bounds"
	}
	return n, ""
}

// typed is a value as the client sends it, if it accepts it.
func typed(o CommandOption, value string) (json.RawMessage, error) {
	bad := func(why string) error { return fmt.Errorf("%w: %s is %q, %s", ErrBadOption, o.Name, value, why) }
	for _, c := range o.Choices {
		if c.Name == value || c.Text() == value {
			return c.Value, nil
		}
	}
	if len(o.Choices) > 0 {
		return nil, bad("not one of the choices")
	}
	switch o.Type {
	case optInteger, optNumber:
		n, why := number(o, value)
		if why != "" {
			return nil, bad(why)
		}
		return encode(n), nil
	case optBoolean:
		if value != "true" && value != "false" {
			return nil, bad("neither true nor false")
		}
		return json.RawMessage(value), nil
	}
	length := utf8.RuneCountInString(value)
	if o.MinLength != nil && length < *o.MinLength || length > maxStringLimit ||
		o.MaxLength != nil && length > *o.MaxLength {
		return nil, bad("of a length that is not allowed")
	}
	return encode(value), nil
}
