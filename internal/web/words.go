package web

import (
	"net/http"
	"strconv"
	"strings"

	"pilcrow/internal/lang"
)

// What the pages say themselves is in the language that the browser asks for. What documents say is in theirs.

// A frame is what every page is set in.
type frame struct {
	Locale string // of what the page says itself
	RTL    bool
}

func frameOf(say lang.Printer) frame { return frame{say.Locale(), say.RightToLeft()} }

// printer writes in the first language that the browser asks for and there is.
func printer(r *http.Request) lang.Printer {
	var wanted []string
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		locale, _, _ := strings.Cut(part, ";")
		if wanted = append(wanted, strings.TrimSpace(locale)); len(wanted) == maxWanted {
			break
		}
	}
	return lang.For(wanted...)
}

const maxWanted = 10 // ours: languages of a request that are looked at

// readerWords are what the page of a document says beside it.
type readerWords struct{ Skip, Original, Cited, Citations, Changed, Gone, Pages string }

func wordsOf(say lang.Printer, p readerPage) readerWords {
	w := readerWords{Skip: say.Text("To the text"), Original: say.Text("Original"), Cited: say.Text("Cited:"),
		Citations: say.Text("Cited paragraphs"), Pages: say.Text("Pages")}
	if p.Changed > 0 {
		w.Changed = say.Text("¶%s has changed since it was cited.", strconv.Itoa(p.Changed))
	}
	if p.Gone > 0 {
		w.Gone = say.Text("¶%s was cited, and is no longer there.", strconv.Itoa(p.Gone))
	}
	return w
}

// playWords are what the playground says beside answers.
type playWords struct{ Skip, What, Where, All, Text, Go, Sources string }

func playWordsOf(say lang.Printer) playWords {
	return playWords{say.Text("To the answer"), say.Text("What to do"), say.Text("Where to look"),
		say.Text("All documents"), say.Text("Question or text"), say.Text("Go"), say.Text("The paragraphs")}
}

// A missingPage says that nothing is there.
type missingPage struct {
	frame
	Title, Text string
}

func missingIn(say lang.Printer) missingPage {
	return missingPage{frameOf(say), say.Text("There is nothing here"), say.Text("The page does not exist, or the " +
		"link has " +
		"expired. Press the button below the answer in Discord to open the paragraph there, or ask again for a new link.")}
}
