package quote

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// statements turns the reports into the result: one for each sentence that reports more than it quotes.
func (r *reading) statements() []Statement {
	var out []Statement
	for _, x := range r.reports {
		if !r.steps.Take(1) {
			return nil
		}
		p := &r.paras[x.para]
		a, b := p.starts[x.sentence], p.starts[x.sentence+1]
		quotedWords, own := 0, 0
		for _, t := range p.tokens[a:b] {
			switch t.kind {
			case quoted:
				quotedWords += wordCount(p.text[t.start:t.end])
			case word, number:
				own++
			}
		}
		const frame = 4 // words of the author's that say nothing yet: "said", "on Monday"
		own -= x.subject
		if quotedWords > 0 && (own <= frame || r.doc.Passages[x.para].Unsure) || own <= 1 {
			continue
		}
		st := Statement{Ref: r.doc.Passages[x.para].Ref, Mention: x.mention}
		st.Span.Start, st.Span.End = int(p.tokens[a].start), int(p.tokens[b-1].end)
		e := r.registry.entities[x.entity]
		st.Speaker, st.Named = e.name, e.named
		out = append(out, st)
	}
	return out
}

// people turns the registry into the result.
func (r *reading) people() []Person {
	var named []*entity
	for i := range r.registry.entities {
		e := &r.registry.entities[i]
		if !r.steps.Take(1) {
			return nil
		}
		if e.named && len(e.refs) > 0 {
			named = append(named, e)
		}
	}
	slices.SortFunc(named, func(a, b *entity) int { return cmp.Compare(a.order, b.order) })
	if len(named) == 0 {
		return nil
	}
	out := make([]Person, 0, len(named))
	for _, e := range named {
		out = append(out, Person{Name: e.name, Aliases: e.aliases, Role: e.role, Institution: e.body,
			Place: e.body && countries[strings.Join(e.words, " ")], Refs: e.refs})
	}
	return out
}

// bytesPerWord is how many bytes of a quotation count as one step.
const bytesPerWord = 6

// quotations turns what was read into the result.
func (r *reading) quotations() []Quotation {
	var out []Quotation
	r.unread.Quotations = 0
	for i, q := range r.pieces {
		if !r.steps.Take(1 + (q.End-q.Start)/bytesPerWord) {
			return nil
		}
		if !r.isQuotation(i) || r.doc.Passages[q.Paragraph].Unsure ||
			strings.ContainsRune(r.paras[q.Paragraph].text[q.Start:q.End], utf8.RuneError) {
			continue // what may be other words is not what was said
		}
		if len(out) == MaxQuotations {
			r.unread.Quotations++
			continue
		}
		t := r.turns[i]
		text := r.paras[q.Paragraph].text
		x := Quotation{Ref: r.doc.Passages[q.Paragraph].Ref, Start: q.Start, End: q.End, Words: text[q.Start:q.End],
			Mention:   t.mention,
			Continues: q.Continues, Kind: Fragment}
		if r.whole(i) {
			x.Kind = Whole
		}
		if t.entity >= 0 {
			e := &r.registry.entities[t.entity]
			x.Speaker, x.Named, x.Role = e.name, e.named, e.role
		}
		out = append(out, x)
	}
	return out
}
