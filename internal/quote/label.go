package quote

import (
	"maps"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/text"
)

// A labelKind says what stands before the colon of a paragraph.
type labelKind uint8

const (
	noLabel       labelKind = iota
	speakerLabel            // MS. BERG: …
	questionLabel           // Q: …
	answerLabel             // A: …
	blockQuote              // no label: words of a block quotation that is signed
)

// A label is who speaks a paragraph of a transcript or an interview, as printed before it. All positions are bytes of
// the paragraph.
type label struct {
	kind  labelKind
	name  int // where the name begins, behind titles
	end   int // of the name
	words int // where what was said begins
	stop  int // where it ends

	runsOn bool // a signed block quotation goes on in the next paragraph
}

const (
	maxLabelBytes = 60
	maxLabelWords = 6
	fewestTurns   = 2 // that make a transcript
)

var (
	noNames   = lexicon.List("labels")
	questions = lexicon.Set("q question interviewer reporter frage pregunta")
	answers   = lexicon.Set("a answer antwort réponse respuesta")
)

// labels finds the paragraphs of a document that are somebody's turn: those with a label before their words, where at
// least two show that these are labels, and block quotations that are signed. nil where there are none.
func labels(passages []article.Passage) []label {
	found := make([]label, len(passages))
	counts := map[string]int{}
	some, asked, answered := false, false, false
	for i := range passages {
		if found[i] = labelOf(&passages[i]); found[i].kind != noLabel {
			l := found[i]
			some = true
			asked = asked || l.kind == questionLabel
			answered = answered || l.kind == answerLabel
			counts[passages[i].Text[l.name:l.end]]++
		}
	}
	transcript := some && isTranscript(passages, found, counts, joinSurnames(counts))
	for i, l := range found {
		if l.kind == speakerLabel && !transcript || l.kind > speakerLabel && !(asked && answered) {
			found[i] = label{}
		}
		if found[i].kind == noLabel {
			found[i] = signedBlock(passages, i)
		}
		some = some || found[i].kind != noLabel
	}
	if !some {
		return nil
	}
	return found
}

// joinSurnames counts "Hale" with "Owen Hale", where one label is the other's last word, and returns such surnames.
func joinSurnames(counts map[string]int) map[string]bool {
	surnames := map[string]bool{}
	whole := map[string]int{}
	for name, n := range counts {
		if i := strings.LastIndexByte(name, ' '); i > 0 {
			if short := name[i+1:]; counts[short] > 0 {
				surnames[short] = true
				whole[name], whole[short] = n+counts[short], whole[short]+n
			}
		}
	}
	for short := range surnames {
		whole[short] += counts[short]
	}
	maps.Copy(counts, whole)
	return surnames
}

// isTranscript drops the labels that are nobody's name and reports whether the others are speakers': there are
// several, and half of them come again, or are printed as minutes print them.
func isTranscript(passages []article.Passage, found []label, counts map[string]int, surnames map[string]bool) bool {
	turns, sure := 0, 0
	for i, l := range found {
		if l.kind != speakerLabel {
			continue
		}
		head := passages[i].Text[:l.end]
		times := counts[head[l.name:]]
		if !namesSpeaker(head, l.name, times) && !surnames[head[l.name:]] {
			found[i] = label{}
			continue
		}
		turns++
		if times > 1 || l.name > 0 || head == strings.ToUpper(head) {
			sure++
		}
	}
	return turns >= fewestTurns && 2*sure >= turns
}

// labelOf reads what may be a label at the beginning of a paragraph.
func labelOf(p *article.Passage) label {
	if p.Kind != article.Prose && p.Kind != article.Quoted && p.Kind != article.ListItem {
		return label{}
	}
	t := p.Text
	colon := strings.IndexByte(t[:min(len(t), maxLabelBytes)], ':')
	if colon < 0 && len(t) > 2 && (t[:2] == "Q." || t[:2] == "A.") {
		colon = 1
	}
	if colon < 1 || colon+2 >= len(t) || t[colon+1] != ' ' || !endsLike(t) {
		return label{}
	}
	l := label{end: colon, words: colon + 2, stop: len(t)}
	head := t[:colon]
	if i := strings.Index(head, " ("); i > 0 && strings.HasSuffix(head, ")") { // "MS BERG (North)"
		l.end, head = i, head[:i]
	}
	switch low := strings.ToLower(head); {
	case questions[low]:
		l.kind = questionLabel
	case answers[low]:
		l.kind = answerLabel
	case t[l.words] != ' ':
		if name, ok := nameInLabel(head); ok {
			l.kind, l.name = speakerLabel, name
		}
	}
	if l.kind == noLabel {
		return label{}
	}
	return l
}

// nameInLabel returns where the name begins in a label, behind titles; false for what cannot be a name.
func nameInLabel(head string) (name int, ok bool) {
	words := strings.Fields(head)
	at := 0
	for i, w := range words {
		low := strings.ToLower(w)
		if name == at && i+1 < len(words) && titleWord(low) {
			name += len(w) + 1
		} else if !startsUpper(w) && !particles[low] || strings.ContainsAny(w, ",;0123456789/“”\"") {
			return 0, false
		}
		at += len(w) + 1
	}
	return name, len(words) <= maxLabelWords && at == len(head)+1
}

// namesSpeaker reports whether a label that stands in the document so many times is somebody's name, which begins at a
// byte of it.
func namesSpeaker(head string, name, times int) bool {
	words := strings.Fields(strings.ToLower(head[name:]))
	for _, w := range words {
		if noNames[w] || nouns[w] || functionWord(w) && !particles[w] {
			return false
		}
	}
	capitals := head == strings.ToUpper(head)
	known := givenNames[words[0]] != unknown
	switch {
	case name > 0:
		return true
	case len(words) == 1:
		return times > 1 && known
	case capitals, known:
		return true
	}
	return times > 1
}

// signedBlock reads a paragraph of a block quotation without marks that is signed at its end, or below.
func signedBlock(passages []article.Passage, i int) label {
	p := &passages[i]
	if p.Kind != article.Quoted || strings.ContainsAny(p.Text, "\"“„«") {
		return label{}
	}
	if dash := max(strings.LastIndex(p.Text, " — "), strings.LastIndex(p.Text, " – ")); dash > 0 {
		if _, size := dashAt(p.Text[dash+1:]); endsLike(p.Text[:dash]) && signs(p.Text[dash+1+size:]) {
			return label{kind: blockQuote, stop: dash}
		}
	}
	const most = 8 // paragraphs of a block quotation
	for k := i + 1; k < len(passages) && k <= i+most; k++ {
		if is, size := dashAt(passages[k].Text); is {
			if signs(passages[k].Text[size:]) {
				return label{kind: blockQuote, stop: len(p.Text), runsOn: k > i+1}
			}
			return label{}
		}
		if passages[k].Kind != article.Quoted {
			return label{}
		}
	}
	return label{}
}

func dashAt(s string) (is bool, size int) {
	for _, dash := range []string{"— ", "– ", "-- ", "—", "–"} {
		if strings.HasPrefix(s, dash) {
			return true, len(dash)
		}
	}
	return false, 0
}

// signs reports whether words can be a signature: a few, which begin with a capital and are no sentence.
func signs(s string) bool {
	const most = 100 // bytes
	s = strings.TrimSpace(s)
	return s != "" && len(s) <= most && startsUpper(s) && !endsLike(s)
}

// withLabels puts the words of labeled paragraphs in the place of what stands between marks there.
func withLabels(pieces []text.QuotedSpan, found []label) []text.QuotedSpan {
	if found == nil {
		return pieces
	}
	out := make([]text.QuotedSpan, 0, len(pieces)+len(found))
	next := 0
	for i, l := range found {
		for next < len(pieces) && pieces[next].Paragraph <= i {
			if l.kind == noLabel || l.kind == questionLabel || pieces[next].Paragraph < i {
				out = append(out, pieces[next])
			}
			next++
		}
		if l.kind != noLabel && l.kind != questionLabel {
			out = append(out, text.QuotedSpan{Span: text.Span{Start: l.words, End: l.stop}, Paragraph: i, From: l.words,
				To: l.stop, RunsOn: l.runsOn, Continues: i > 0 && found[i-1].runsOn})
		}
	}
	return append(out, pieces[next:]...)
}

// labelMention is who a label names.
func (r *reading) labelMention(i int) mention {
	p, l := &r.paras[i], r.labels[i]
	m := mention{kind: byName, entity: -1, sentence: 0, titled: true}
	for k := range p.tokens {
		t := &p.tokens[k]
		if int(t.start) < l.name {
			m.name = k + 1
			if g := titles[t.lower]; g != unknown {
				m.gender = g
			}
		}
		if int(t.end) <= l.end {
			m.end = k + 1
		}
		if int(t.start) >= l.end {
			break
		}
	}
	m.tail, m.ext = m.end, m.end
	m.nameText = titleCased(p.text[l.name:l.end])
	if l.name > 0 {
		m.head = singular(lower(strings.TrimSpace(p.text[:l.name])))
		if roleNouns[m.head] {
			m.roleText = titleCased(strings.TrimSpace(p.text[:l.name]))
		}
	}
	return m
}

// titleCased prints a name in capitals as it is printed elsewhere: Hansen, O'Hara, van den Berg.
func titleCased(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	out := []rune(strings.ToLower(s))
	for i := range out {
		if i == 0 || out[i-1] == ' ' || out[i-1] == '-' || out[i-1] == '\'' || out[i-1] == '’' || out[i-1] == '.' {
			out[i] = unicode.ToUpper(out[i])
		}
	}
	return string(out)
}

// answerer is who gives the answers of an interview: the only person whom the paragraphs before its first question
// name. -1 where that is not to be told.
func (r *reading) answerer(i int) int {
	if r.interviewed != 0 {
		return r.interviewed - 1
	}
	const most = 5 // paragraphs before the first question
	first := 0
	for first < i && r.labels[first].kind != questionLabel {
		first++
	}
	who, several := r.onlyPerson(first-most, first, func(e *entity) bool { return e.human })
	if who < 0 && !several { // nothing but two words of a name shows that it is one
		who, several = r.onlyPerson(first-most, first, func(e *entity) bool { return len(e.words) > 1 })
	}
	if several {
		return -1
	}
	r.interviewed = who + 1
	return who
}

// onlyPerson is the only one, no institution, for whom is holds and whom the paragraphs from one to another name; -1
// for nobody, or several.
func (r *reading) onlyPerson(from, to int, is func(e *entity) bool) (who int, several bool) {
	who = -1
	for k := max(0, from); k < to; k++ {
		for _, m := range r.paras[k].mentions {
			if m.kind != byName || m.entity < 0 || m.entity == who {
				continue
			}
			if e := &r.registry.entities[m.entity]; e.body || !is(e) {
				continue
			}
			if who >= 0 {
				return -1, true
			}
			who = m.entity
		}
	}
	return who, false
}
