package reading

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/picture"
	"pilcrow/internal/timeline"
)

const (
	pageEvents   = 8     // of a page in a chat; fewer where they are long
	maxDateRunes = 64    // characters of a date as typed
	maxAltRunes  = 1_000 // characters of a picture's description (Discord: 1,024)
)

// Timeline is the row of timeline.
func (t *Table) Timeline() commands.Command {
	return commands.Command{
		Name:    "timeline",
		Summary: "Show what happened when",
		Params: []commands.Param{
			{Name: "about", Summary: "What the events are about", Type: commands.Text, Rest: true,
				MaxRunes: commands.MaxQuestionRunes},
			{Name: "from", Summary: "Not before: 2021, December 2021, 2022-04-16", Type: commands.Text, MaxRunes: maxDateRunes},
			{Name: "to", Summary: "Not after: 2021, December 2021, 2022-04-16", Type: commands.Text, MaxRunes: maxDateRunes},
			t.DocumentParam(),
			{Name: "dark", Summary: "A dark picture", Type: commands.Flag, Only: commands.Terminal},
			{Name: commands.ExplainParam, Summary: "The rule that read each date", Type: commands.Flag, Only: commands.Terminal},
			commands.PageParam(),
		},
		Timeout: t.AnswerTimeout(access.ReadTimeout),
		Run:     t.RunTimeline,
	}
}

// A timelineQuery asks for events.
type timelineQuery struct {
	about    string    // "" for any
	from, to time.Time // the first and the last day; the zero time leaves that side open
}

// RunTimeline answers timeline.
func (t *Table) RunTimeline(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	q := timelineQuery{about: in.Args["about"]}
	if q.from, q.to, err = t.bounds(in); err != nil {
		return commands.Reply{}, err
	}
	read, err := t.eventsOf(ctx, v)
	if err != nil {
		return commands.Reply{}, err
	}
	var all []happened
	unread := 0
	for _, x := range read {
		all = append(all, x.happened...)
		unread += x.unread
	}
	if stems := topicStems(q.about); len(stems) > 0 {
		found, err := t.FindTopic(ctx, q.about, v)
		if err != nil {
			return commands.Reply{}, err
		}
		all, _ = fitting(stems, found, minCover, all, func(e happened) (article.Ref, scene) { return e.Ref, e.scene })
	}
	events := make([]timeline.Event, len(all))
	for i, e := range all {
		events[i] = e.Event
	}
	if len(v.Documents) > 1 {
		slices.SortStableFunc(events, compareEvents)
	}
	reply := timelineReply(q, events, v, in)
	if unread > 0 {
		reply.Say(
			commands.Small,
			in.Lang.Text("%d more dates are not shown: there are too many in one document or in one sentence.",
				unread),
		)
	}
	t.SayMissing(&reply, in)
	return reply, nil
}

// compareEvents is the order of timeline.Events over several documents.
func compareEvents(a, b timeline.Event) int {
	switch {
	case a.Yearless != b.Yearless && b.Yearless:
		return -1
	case a.Yearless != b.Yearless:
		return 1
	}
	return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), a.Ref.Compare(b.Ref))
}

// bounds reads from and to as people type them.
func (t *Table) bounds(in commands.Input) (from, to time.Time, err error) {
	now := t.Now()
	read := func(name string) (first, last time.Time, err error) {
		typed := in.Args[name]
		if typed == "" {
			return first, last, nil
		}
		if first, last, err = timeline.ParseBound(typed, now); err != nil {
			err = commands.Refuse(in.Lang.Text("%s: want a date such as 2021, December 2021 or 2022-04-16, got “%s”.",
				in.Lang.Typed(name),
				commands.Echo(typed)))
		}
		return first, last, err
	}
	if from, _, err = read("from"); err != nil {
		return from, to, err
	}
	if _, to, err = read("to"); err != nil {
		return from, to, err
	}
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		err = commands.Refuse(in.Lang.Text("The first day, %s, is after the last, %s.", commands.ISODay(from),
			commands.ISODay(to)))
	}
	return from, to, err
}

// timelineReply shows the events that lie within the bounds of the query. It is pure.
func timelineReply(q timelineQuery, all []timeline.Event, v access.View, in commands.Input) commands.Reply {
	events := timeline.Between(all, q.from, q.to)
	yearless := 0
	if len(events) < len(all) {
		yearless = countYearless(all) - countYearless(events)
	}
	explain := in.Args[commands.ExplainParam] != ""
	reply := commands.Reply{Nothing: len(events) == 0, JSON: commands.Machine(newTimelineJSON(events, yearless, v,
		explain))}
	reply.Say(commands.Para, q.lead(in.Lang, len(events), v))
	// A chat shows the picture below the list: what it says need not be read twice.
	brief := in.From == commands.Chat &&
		!slices.ContainsFunc(events, func(e timeline.Event) bool { return !picture.Draws(e.Text) })
	entries := make([]paragraph.Entry, len(events))
	for i, e := range events {
		p := v.Passage(e.Ref)
		shown := e // its JSON has the sentence as it is printed
		shown.Text = excerpt.InItsVoice(e.Text, p, v.Edition.Said(p.Ref.Slug))
		entries[i] = paragraph.Entry{Blocks: []commands.Block{eventBlock(in.Lang, shown, brief)}, Passage: p}
		if explain {
			entries[i].Blocks = append(entries[i].Blocks, commands.Block{Kind: commands.Para, Text: eventRule(e)})
		}
	}
	from, to := paragraph.List(&reply, entries, "timeline", in, pageEvents)
	if yearless > 0 {
		reply.Say(
			commands.Small,
			in.Lang.Text(
				"%d more dates have no year, so that nothing says whether they are within these bounds.",
				yearless,
			),
		)
	}
	if to > from {
		title := "Timeline"
		if len(v.Documents) == 1 {
			title = v.Documents[0].Title
		}
		if to-from < len(events) {
			title += fmt.Sprintf(" (%d–%d of %s)", from+1, to, commands.Thousands(len(events)))
		}
		reply.File = timelineFile(
			in.Lang,
			title,
			events[from:to],
			in.From == commands.Chat || in.Args["dark"] != "",
			reply.Marks(),
		)
	}
	return reply
}

func countYearless(events []timeline.Event) int {
	return len(Filter(events, func(e timeline.Event) bool { return e.Yearless }))
}

// lead is the sentence above n events.
func (q timelineQuery) lead(p lang.Printer, n int, v access.View) string {
	about, within := commands.Clip(commands.OneLine(q.about), commands.MaxEchoedAbout), ""
	switch {
	case !q.from.IsZero() && !q.to.IsZero():
		within = p.Text("from %s to %s", commands.ISODay(q.from), commands.ISODay(q.to))
	case !q.from.IsZero():
		within = p.Text("from %s", commands.ISODay(q.from))
	case !q.to.IsZero():
		within = p.Text("to %s", commands.ISODay(q.to))
	}
	var text string
	switch {
	case about != "" && within != "":
		text = p.Text("%d dated events about “%s” %s:", n, about, within)
	case about != "":
		text = p.Text("%d dated events about “%s”:", n, about)
	case within != "":
		text = p.Text("%d dated events %s:", n, within)
	default:
		text = p.Text("%d dated events:", n)
	}
	unpublished := func(d article.Document) bool { return d.Published.IsZero() }
	if n == 0 && slices.ContainsFunc(v.Documents, unpublished) {
		text += " " + p.Text("Where no day of publication is given, “on Tuesday” or “last year” cannot be dated.")
	}
	return text
}

// eventBlock shows an event: its days, how they are known, and the sentence unless it is brief.
func eventBlock(p lang.Printer, e timeline.Event, brief bool) commands.Block {
	days := p.Isolate(when(p, e.Date))
	text := days
	if how := howKnown(p, e); how != "" {
		text += " (" + how + ")"
	}
	if !brief {
		text += " – " + p.Isolate(e.Text)
	}
	return commands.Block{Kind: commands.Item, Text: text, Cites: []article.Ref{e.Ref},
		Bold: []article.Span{{Start: 0, End: len(days)}}}
}

// eventRule says by which rule a date was read, and what it came to. It is for who runs the program, and so in English.
func eventRule(e timeline.Event) string {
	if e.Carried() {
		return "rule: carried over from " + commands.Pilcrow(e.From.N)
	}
	start, end := e.ISO()
	text := "rule: " + e.Rule + " – " + start
	if end != start {
		text += "/" + end
	}
	text += ", " + e.Precision.String()
	if e.Mod != "" {
		text += ", " + string(e.Mod)
	}
	if e.Inferred != "" {
		text += ", inferred: " + e.Inferred
	}
	return text
}

// timelineFile is the picture of the events, for at most picture.MaxEvents of them; the rest is counted in it.
func timelineFile(p lang.Printer, title string, events []timeline.Event, dark bool,
	mark func(article.Ref) string) *commands.File {
	var alt strings.Builder
	for i, e := range events {
		if i > 0 {
			alt.WriteString("; ")
		}
		alt.WriteString(when(p, e.Date) + " " + mark(e.Ref))
	}
	return &commands.File{
		Name: "timeline.png", MediaType: "image/png", Alt: commands.Clip(p.Text("A timeline: %s", alt.String()), maxAltRunes),
		Write: func(w io.Writer) error { return picture.PNG(w, events, picture.Options{Title: title, Dark: dark}) },
	}
}

type eventJSON struct {
	Document  string            `json:"document"`
	Paragraph int               `json:"paragraph"`
	Start     string            `json:"start"`
	End       string            `json:"end"`
	Precision string            `json:"precision"`
	Inferred  string            `json:"inferred"`
	Phrase    string            `json:"phrase"`
	Text      string            `json:"text"`
	Mod       string            `json:"mod,omitempty"`       // early, mid, late or about: nothing more precise is printed
	DayFirst  bool              `json:"day_first,omitempty"` // of an inferred order
	Rule      string            `json:"rule,omitempty"`      // that read the date, where it was asked for
	DateFrom  *commands.RefJSON `json:"date_from,omitempty"` // where the date is printed, if not in this sentence
}

// TimelineJSON is the reply of timeline.
type TimelineJSON struct {
	Events []eventJSON `json:"events"`
	// dates left out because nothing says whether they are within the bounds
	Yearless int    `json:"yearless,omitempty"`
	Edition  string `json:"edition"`
}

func newTimelineJSON(events []timeline.Event, yearless int, v access.View, explain bool) TimelineJSON {
	j := TimelineJSON{Events: make([]eventJSON, len(events)), Yearless: yearless, Edition: v.Edition.Corpus.Digest()}
	for i, e := range events {
		start, end := e.ISO()
		j.Events[i] = eventJSON{
			Document: e.Ref.Slug, Paragraph: e.Ref.N, Start: start, End: end, Precision: e.Precision.String(),
			Inferred: e.Inferred, Phrase: e.Phrase, Text: e.Text, Mod: string(e.Mod), DayFirst: e.DayFirst,
		}
		if explain {
			j.Events[i].Rule = e.Rule
		}
		if e.Carried() {
			j.Events[i].DateFrom = &commands.RefJSON{Document: e.From.Slug, Paragraph: e.From.N}
		}
	}
	return j
}
