package reading

import (
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/quote"
)

// maxContextRunes bounds what is shown on either side of a fragment in its sentence.
const maxContextRunes = 120

// quotationEntry shows a quotation: its words, whose they are, and the sentence around a fragment. Words that were left
// out or mistaken by who remembered it are bold.
func quotationEntry(x said, diff []quote.Edit, v access.View) paragraph.Entry {
	p := v.Lang
	words := commands.Block{Kind: commands.Quote, Text: shownWords(x.Words)}
	at := 0
	for _, e := range diff {
		if e.Kind == quote.Wrong {
			continue
		}
		start := at + max(0, strings.Index(x.Words[at:], e.Words))
		at = start + len(e.Words)
		if end := min(at, len(words.Text)); e.Kind == quote.Missing && start < end {
			words.Bold = append(words.Bold, article.Span{Start: start, End: end})
		}
	}
	e := paragraph.Entry{Blocks: []commands.Block{words, byline(p, x)}, Passage: v.Passage(x.Ref), Sentence: x.Sentence}
	if x.Kind == quote.Fragment {
		at := x.Start - x.Sentence.Start
		before, after := x.context[:at], x.context[at+len(x.Words):]
		if strings.TrimSpace(before+after) != "" {
			e.Context = []commands.Block{{Kind: commands.Small, Text: p.Text("in: %s", clipStart(before, maxContextRunes)+
				x.Words+
				commands.Clip(after, maxContextRunes))}}
		}
	}
	return e
}

// shownWords are quoted words without the comma at their end, which belongs to the sentence around them.
func shownWords(words string) string { return strings.TrimRight(words, " ,،、") }

// byline says whose the words are.
func byline(p lang.Printer, x said) commands.Block {
	text := "— "
	switch {
	case x.Speaker == "" && x.Mention != "":
		text += p.Text("“%s”; the text does not say who that is", x.Mention)
	case x.Speaker == "":
		text += p.Text("the text does not say who")
	case x.Role != "":
		text += p.Isolate(x.Speaker) + ", " + p.Isolate(x.Role)
	default:
		text += p.Isolate(x.Speaker)
	}
	if x.Continues {
		text += " " + p.Text("(goes on from the paragraph before)")
	}
	b := commands.Block{Kind: commands.Byline, Text: text, Cites: []article.Ref{x.Ref}}
	if x.Speaker != "" {
		b.Bold = []article.Span{{Start: len("— "), End: len("— ") + len(p.Isolate(x.Speaker))}}
	}
	return b
}

// reportedBlocks show a sentence that reports speech, as the author's.
func reportedBlocks(p lang.Printer, x reported) []commands.Block {
	text := p.Text("the author")
	if x.Speaker != "" {
		text = p.Text("the author, reporting %s", x.Speaker)
	}
	return []commands.Block{{Kind: commands.Quote, Text: x.Text},
		{Kind: commands.Byline, Text: "— " + text, Cites: []article.Ref{x.Ref}}}
}

// differences says what somebody remembered otherwise than it was said, one line for each place.
func differences(p lang.Printer, diff []quote.Edit) []string {
	var out []string
	for i := 0; i < len(diff); i++ {
		switch e := diff[i]; {
		case e.Kind == quote.Missing && i+1 < len(diff) && diff[i+1].Kind == quote.Wrong:
			i++
			out = append(out, p.Text("not “%s” but “%s”", diff[i].Words, e.Words))
		case e.Kind == quote.Missing:
			out = append(out, p.Text("left out: “%s”", e.Words))
		case e.Kind == quote.Wrong:
			out = append(out, p.Text("not said: “%s”", e.Words))
		}
	}
	return out
}

// clipStart shortens s to its last n characters, cut at a space if there is one in the first third of them.
func clipStart(s string, n int) string {
	over := utf8.RuneCountInString(s) - n
	if over <= 0 {
		return s
	}
	for i := range s {
		if over--; over < 0 {
			s = s[i:]
			break
		}
	}
	if at := strings.IndexByte(s, ' '); at >= 0 && at < len(s)/3 {
		s = s[at+1:]
	}
	return "…" + s
}

// QuotationJSON is one quotation.
type QuotationJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
	Speaker   string `json:"speaker"`
	Quote     string `json:"quote"`
	Start     int    `json:"start"` // bytes of the paragraph's text
	End       int    `json:"end"`
	Role      string `json:"role"`
	Kind      string `json:"kind"`
	Mention   string `json:"mention"`
	Continues bool   `json:"continues,omitempty"`
}

type reportedJSON struct {
	Document  string `json:"document"`
	Paragraph int    `json:"paragraph"`
	Speaker   string `json:"speaker"`
	Text      string `json:"text"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

type editJSON struct {
	Kind  string `json:"kind"`
	Words string `json:"words"`
}

// QuoteJSON is the reply of quote.
type QuoteJSON struct {
	Note        string          `json:"note"`
	Quotations  []QuotationJSON `json:"quotations"`
	Others      []QuotationJSON `json:"others,omitempty"`      // of somebody else than was asked for
	Reported    []reportedJSON  `json:"reported,omitempty"`    // said, but not in quotation marks
	Differences []editJSON      `json:"differences,omitempty"` // between what was remembered and what was said
	Edition     string          `json:"edition"`
}

func newQuoteJSON(r quoteResult, note string, v access.View) QuoteJSON {
	j := QuoteJSON{Note: note, Quotations: quotationsJSON(r.Quotations), Others: quotationsJSON(r.beside),
		Edition: v.Edition.Corpus.Digest()}
	for _, x := range r.Reports {
		j.Reported = append(j.Reported, reportedJSON{x.Ref.Slug, x.Ref.N, x.Speaker, x.Text, x.Span.Start, x.Span.End})
	}
	for _, e := range r.diff {
		j.Differences = append(j.Differences, editJSON{editName(e.Kind), e.Words})
	}
	return j
}

func quotationsJSON(list []said) []QuotationJSON {
	out := make([]QuotationJSON, len(list))
	for i, x := range list {
		out[i] = QuotationJSON{x.Ref.Slug, x.Ref.N, x.Speaker, x.Words, x.Start, x.End, x.Role, x.Kind.String(), x.Mention,
			x.Continues}
	}
	return out
}

func editName(k quote.EditKind) string {
	switch k {
	case quote.Same:
		return "same"
	case quote.Missing:
		return "missing"
	case quote.Wrong:
		return "wrong"
	case quote.Beyond:
		return "beyond"
	}
	return "unknown"
}
