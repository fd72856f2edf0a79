package convert

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// An element is a node of XML. Names are without their namespaces: the formats read here use no name in two senses.
type element struct {
	name     string // "" for text
	attrs    []xml.Attr
	text     string
	children []*element
}

// maxXMLDepth bounds elements inside each other: what is read from them is read recursively.
const maxXMLDepth = 500

// parseXML reads a part as a tree. Entities that a document defines itself are not resolved, so none can grow.
func parseXML(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	root := &element{}
	stack := []*element{root}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, refuse("its XML is damaged")
		}
		top := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: append([]xml.Attr(nil), t.Attr...)}
			top.children = append(top.children, e)
			if stack = append(stack, e); len(stack) > maxXMLDepth {
				return nil, refuse("its elements are nested too deeply to be read")
			}
		case xml.EndElement:
			for i := len(stack) - 1; i > 0; i-- { // one that was not opened closes nothing
				if stack[i].name == t.Name.Local {
					stack = stack[:i]
					break
				}
			}
		case xml.CharData:
			top.children = append(top.children, &element{text: string(t)})
		}
	}
}

// attr is the value of the attribute, "" for none.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child is the first child of the name; nil where there is none, and of nil.
func (e *element) child(names ...string) *element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		var found *element
		for _, c := range e.children {
			if c.name == name {
				found = c
				break
			}
		}
		e = found
	}
	return e
}

// all yields the elements of the name below e, in order, but for those inside each other.
func (e *element) all(name string) func(yield func(*element) bool) {
	return func(yield func(*element) bool) { e.each(name, yield) }
}

func (e *element) each(name string, yield func(*element) bool) bool {
	if e == nil {
		return true
	}
	for _, c := range e.children {
		if c.name == name {
			if !yield(c) {
				return false
			}
		} else if !c.each(name, yield) {
			return false
		}
	}
	return true
}

// content is all text below e.
func (e *element) content() string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	e.write(&b)
	return b.String()
}

func (e *element) write(b *strings.Builder) {
	b.WriteString(e.text)
	for _, c := range e.children {
		c.write(b)
	}
}
