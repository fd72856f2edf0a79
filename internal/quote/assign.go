package quote

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// An assignment is who says a piece, as its sentence tells.
type assignment struct {
	mention int // of the paragraph, -1 for nobody
	cue     lexicon.Cue
	near    bool // the words that tell stand beside the piece
	unsaid  bool // it was not said
}

// by is what a saying tells of a piece.
func (y *saying) by(cue lexicon.Cue, near bool) assignment {
	return assignment{y.subject, cue, near, y.unsaid}
}

// speaker finds who says the piece at token q, from its own sentence.
func (r *reading) speaker(p *paragraph, s, q int, sayings []saying) assignment {
	a, b := p.starts[s], p.starts[s+1]
	piece := r.pieces[p.tokens[q].piece]
	words := p.text[piece.Start:piece.End]
	opens := q == a || p.tokens[q-1].kind == quoted || q-1 == a && p.tokens[a].kind == punct
	led := r.ledAndSaid(p, s, q)
	if opens || led || strings.HasSuffix(words, ",") {
		if y := r.behind(p, q, sayings); y != nil && (opens || led || !r.fragmentOf(p, q, sayings)) {
			return y.by(max(y.form.Cue, reports), true)
		}
	}
	by, found := r.before(p, q, sayings)
	if found {
		return by
	}
	var behind token
	if q > a {
		behind = p.tokens[q-1]
	}
	if behind.lower == ":" {
		if n := beforeColon(p, s, q-1); n >= 0 {
			return assignment{mention: n, cue: reports, near: true}
		}
	}
	cited := citing[behind.lower]
	after := func(y saying) bool { return y.verb > q && y.subject >= 0 && (y.form.Cue == reports || cited) }
	if i := slices.IndexFunc(sayings, after); i >= 0 {
		return sayings[i].by(sayings[i].form.Cue, false)
	}
	if n := signature(p, s, q, b); n >= 0 {
		return assignment{mention: n, cue: reports, near: true}
	}
	return by
}

// beforeColon finds who is quoted behind the colon at a token: from whom words came, or whom the sentence is about; -1
// for nobody.
func beforeColon(p *paragraph, s, colon int) int {
	if n := cameFrom(p, s, colon); n >= 0 {
		return n
	}
	if n := mainSubject(p, s); n >= 0 && p.mentions[n].kind != byDocument {
		return n
	}
	return -1
}

// ledAndSaid reports whether a colon leads to the piece at token q and a comma follows it, so that who said it may
// stand behind: "She is relieved: « C'est fini », souffle Odile Ker."
func (r *reading) ledAndSaid(p *paragraph, s, q int) bool {
	return q > p.starts[s] && p.tokens[q-1].lower == ":" && q+1 < p.starts[s+1] && p.tokens[q+1].lower == "," &&
		r.continental(int(p.tokens[q].piece))
}

// cameFrom finds the person from whom words came, before the colon at a token: "Criticism came from Ann Dale: “…”",
// "Kritik kam von Jens Orth: …". -1 for nobody.
func cameFrom(p *paragraph, s, colon int) int {
	for k := p.from[s]; k < p.from[s+1]; k++ {
		m := &p.mentions[k]
		if m.end != colon && m.tail != colon && m.ext != colon || m.modifier || m.first-2 < p.starts[s] {
			continue
		}
		if origins[p.tokens[m.first-1].lower] && came[p.tokens[m.first-2].lower] {
			return k
		}
	}
	return -1
}

// came and origins stand before whom words came from.
var (
	came    = lexicon.List("coming-verbs")
	origins = lexicon.Set("from von vom de del")
)

// before finds the last saying before the piece at token q whose subject stands before it, too; else what the others
// tell.
func (r *reading) before(p *paragraph, q int, sayings []saying) (by assignment, found bool) {
	by.mention = -1
	brackets := bracketWalk{tokens: p.tokens, at: q}
	for i := len(sayings) - 1; i >= 0; i-- {
		y := &sayings[i]
		if y.verb > q || brackets.closeFrom(y.verb) {
			continue
		}
		if y.unsaid || y.subject >= 0 && p.mentions[y.subject].first < q {
			if x := within(p, sayings[:i], y); x != nil {
				y = x
			}
			return y.by(y.form.Cue, q-y.verb <= 3), true
		}
		by.cue = y.form.Cue
	}
	return by, false
}

// within finds the saying in whose that-clause a verb of thinking stands: in "Smith said that the county expected to
// reopen it “by Easter”" the words are Smith's. nil for none.
func within(p *paragraph, earlier []saying, y *saying) *saying {
	if y.unsaid || y.form.Cue != hints {
		return nil
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		x := &earlier[i]
		if x.subject >= 0 && !x.unsaid && !x.turned && x.form.Cue == reports && p.tokens[x.verb+1].lower == "that" {
			return x
		}
	}
	return nil
}

// A bracketWalk goes back from a token and counts the brackets between.
type bracketWalk struct {
	tokens []token
	at     int // where it has come to
	depth  int // opening brackets less closing ones from there to where it began
	most   int // of depth so far
}

// closeFrom goes back to token v, which is not behind the one of the call before, and reports whether a bracket that
// is open there closes before the token where the walk began.
func (b *bracketWalk) closeFrom(v int) bool {
	for ; b.at > v; b.at-- {
		b.most = max(b.most, b.depth)
		switch t := b.tokens[b.at-1]; {
		case t.kind != punct:
		case t.lower == "(":
			b.depth++
		case t.lower == ")":
			b.depth--
		}
	}
	return b.depth < b.most
}

// citing are participles before the words of whoever acts in the sentence: "Citing “a precaution”, Airbus announced".
var citing = lexicon.Set("citing quoting")

// fragmentOf reports whether the piece at q completes a clause of a saying before it, so that what follows does not
// own it alone.
func (r *reading) fragmentOf(p *paragraph, q int, sayings []saying) bool {
	for _, y := range sayings {
		if y.verb < q && y.subject >= 0 && !y.turned {
			return true
		}
	}
	return false
}

// behind finds the saying that follows the piece at q: "…," said Smith; "…," Smith, a farmer, said; "…," according to
// Smith. nil for none.
func (r *reading) behind(p *paragraph, q int, sayings []saying) *saying {
	for i := range sayings {
		y := &sayings[i]
		if y.verb < q || y.subject < 0 {
			continue
		}
		for k := q + 1; k < y.verb; k++ {
			if p.tokens[k].kind == quoted {
				return nil
			}
		}
		m := &p.mentions[y.subject]
		if y.turned && y.verb-q <= 3 || !y.turned && m.first > q && m.first-q <= 12 && y.form.Form != ing {
			return y
		}
		return nil
	}
	return nil
}

// signature finds the name behind a dash after a quotation: "…" — Jane Smith.
func signature(p *paragraph, s, q, b int) int {
	if q+2 >= b || p.tokens[q+1].lower != "—" && p.tokens[q+1].lower != "-" && p.tokens[q+1].lower != "(" {
		return -1
	}
	for k := p.from[s]; k < p.from[s+1]; k++ {
		if m := &p.mentions[k]; m.first == q+2 && m.kind == byName {
			return k
		}
	}
	return -1
}
