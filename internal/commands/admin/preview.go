package admin

import (
	"context"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
)

// Bounds of a document that is proposed.
const (
	ProposeTimeout  = 2 * time.Minute // fetching takes up to 20 s, converting as long
	MaxAddressRunes = 2_000           // characters of an address
	MaxDocTitle     = 200             // characters of a title that is given
	proposalParam   = "proposal"
	proposalRunes   = 32 // at most, of a proposal's id

	previewParagraphs = 3   // that a preview shows
	previewRunes      = 200 // of each
	maxWarnings       = 6   // that a preview shows: it has to fit one message
)

// sourceParams are where a document comes from, and what it does not say of itself.
func sourceParams() []commands.Param {
	return []commands.Param{
		{Name: "file", Summary: "The file: Markdown, text, HTML, PDF, DOCX or EPUB, up to 10 MB", Type: commands.Attachment},
		{Name: "address", Summary: "Or the address of a page: https://…", Type: commands.Text, Line: true,
			MaxRunes: MaxAddressRunes},
		{Name: "title", Summary: "Its title, if it has none or another", Type: commands.Text, MaxRunes: MaxDocTitle},
		{Name: "published", Summary: "The day it was published, such as 2024-03-05", Type: commands.Text,
			MaxRunes: 2 * len(time.DateOnly)},
	}
}

func (t *Table) addDocument() commands.Command {
	return commands.Command{
		Name:    "documents add",
		Summary: "Add a document from a file or an address; you see it first",
		Params:  sourceParams(),
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: ProposeTimeout,
		Run:     t.runPropose,
	}
}

func (t *Table) replaceDocument() commands.Command {
	return commands.Command{
		Name:    "documents replace",
		Summary: "Put a file or a page in the place of a document; you see what changes first",
		Params:  append([]commands.Param{t.HeldParam(true)}, sourceParams()...),
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: ProposeTimeout,
		Run:     t.runPropose,
	}
}

// runPropose shows what would be added, or put in the place of the document that is named.
func (t *Table) runPropose(ctx context.Context, in commands.Input) (commands.Reply, error) {
	r := library.Request{Address: in.Args["address"], Title: in.Args["title"]}
	upload, sent := in.Files["file"]
	switch {
	case sent && r.Address != "":
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That is a file and an address: give one of the two."))
	case sent:
		r.File = &intake.File{Name: upload.Name, MediaType: upload.MediaType, Data: upload.Data}
	case r.Address == "":
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Give a file to upload, or the address of a page."))
	case !intake.IsAddress(r.Address):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That is no address: want one such as " +
			"https://example.org/article."))
	}
	var err error
	if r.Published, err = GivenDay(in); err != nil {
		return commands.Reply{}, err
	}
	if in.Args["document"] != "" {
		v, err := t.Held(in)
		if err != nil {
			return commands.Reply{}, err
		}
		r.Replace = v.Documents[0].Slug
	}
	return t.ProposeDocument(ctx, in, r)
}

// GivenDay is the day of publication that was given; zero for none.
func GivenDay(in commands.Input) (time.Time, error) {
	typed := in.Args["published"]
	if typed == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return time.Time{}, commands.Refuse(in.Lang.Text("“%s” is no day: write it as in 2024-03-05.", commands.Echo(typed)))
	}
	return day, nil
}

// ProposeDocument shows a document before it is added, and offers to confirm. Nothing is written yet.
func (t *Table) ProposeDocument(ctx context.Context, in commands.Input, request library.Request) (commands.Reply,
	error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	p, err := l.Propose(ctx, in.Server, request, access.Caller(in))
	if err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	if p.Unchanged {
		r := commands.Reply{Nothing: true, JSON: commands.Machine(newProposalJSON(p))}
		r.Say(commands.Para, in.Lang.Text("“%s” is there already, word for word the same. Nothing needs to be changed.",
			commands.ShownTitle(p.Document.Title)))
		return r, nil
	}
	var was article.Document
	if v, err := t.Held(commands.Input{Server: in.Server, Lang: in.Lang}); err == nil && p.Replaces {
		was, _ = v.Edition.Corpus.Document(p.Document.Slug)
	}
	return previewReply(in.Lang, p, was), nil
}

// previewReply shows what is proposed; was is the document in whose place it comes, or none. It is pure.
func previewReply(p lang.Printer, proposal library.Proposal, was article.Document) commands.Reply {
	r := commands.Reply{JSON: commands.Machine(newProposalJSON(proposal))}
	d := proposal.Document
	if proposal.Replaces {
		r.Say(commands.Heading, p.Text("Replace “%s”?", commands.ShownTitle(d.Title)))
	} else {
		r.Say(commands.Heading, p.Text("Add “%s”?", commands.ShownTitle(d.Title)))
	}
	r.Say(commands.Para, strings.Join(particulars(p, d), " · "))
	sayFirstLines(&r, d)
	r.Row(1, 0, 0)
	sayChanges(&r, p, proposal, was)
	sayWarnings(&r, p, proposal.Warnings)
	r.Say(commands.Small, p.Text("Nothing is changed yet. This waits for you, and for you alone, for 15 minutes."))
	args := commands.Args{proposalParam: proposal.ID}
	r.Actions = []commands.Action{
		{Label: p.Text("Confirm"), Command: confirmCommand, Args: args, Turn: true, Tone: commands.Agree},
		{Label: p.Text("Cancel"), Command: cancelCommand, Args: args, Turn: true},
	}
	return r
}

// sayChanges is the row of a preview that says what becomes of what is there.
func sayChanges(r *commands.Reply, p lang.Printer, proposal library.Proposal, was article.Document) {
	from, d := len(r.Blocks), proposal.Document
	if proposal.Replaces {
		r.Say(commands.Para, p.Text("What changes: %s", counts(p, proposal.Changes)))
		if was.Title != "" && was.Title != d.Title {
			r.Say(commands.Item, p.Text("The title; it was “%s”", commands.ShownTitle(was.Title)))
		}
		if day := commands.ISODay(was.Published); day != "" && day != commands.ISODay(d.Published) {
			r.Say(commands.Item, p.Text("The day of publication; it was %s", day))
		}
	}
	r.Say(commands.Small, p.Text("Paragraphs to embed: %d; known already: %d.", proposal.ToEmbed, proposal.Known))
	if proposal.Overrides {
		r.Say(commands.Small, p.Text("Whoever runs me shares a document of that name with all servers: here, this one "+
			"takes its "+
			"place."))
	}
	r.Row(2, from, len(r.Actions))
}

// sayWarnings is the row of a preview that says what is doubtful.
func sayWarnings(r *commands.Reply, p lang.Printer, list []intake.Warning) {
	if len(list) == 0 {
		return
	}
	from := len(r.Blocks)
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: p.Text("Look at this first:"),
		Tone: commands.Wary})
	for i, w := range list {
		if i == maxWarnings {
			r.Say(commands.Small, p.Text("and %d more", len(list)-i))
			break
		}
		r.Say(commands.Item, warning(p, w))
	}
	r.Row(3, from, len(r.Actions))
}

// particulars are what is known of a document besides its text, a phrase each.
func particulars(p lang.Printer, d article.Document) []string {
	var out []string
	add := func(known, text string) {
		if known != "" {
			out = append(out, text)
		}
	}
	add(d.Author, p.Text("by %s", commands.Clip(d.Author, commands.MaxNameRunes)))
	add(d.Source, commands.Clip(d.Source, commands.MaxNameRunes))
	add(commands.ISODay(d.Published), p.Text("published %s", commands.ISODay(d.Published)))
	out = append(out, p.Text("%d paragraphs", len(d.Passages)))
	add(d.URL, commands.Clip(d.URL, commands.MaxNameRunes))
	return append(out, p.Text("name: %s", d.Slug))
}

// sayFirstLines shows how a document begins.
func sayFirstLines(r *commands.Reply, d article.Document) {
	for _, passage := range d.Passages[:min(len(d.Passages), previewParagraphs)] {
		r.Say(commands.Quote, commands.Clip(passage.Text, previewRunes))
	}
}

// warning says what is doubtful.
func warning(p lang.Printer, w intake.Warning) string {
	switch w.Kind {
	case intake.NoDate:
		return p.Text("It has no date of publication. Without one, years that are not printed cannot be told.")
	case intake.MadeOn:
		return p.Text("The file was made on %s. If it was published then, give that day as published.",
			commands.ISODay(w.Day))
	case intake.Promos:
		return p.Text("Promotional inserts were taken out: %d.", w.N)
	case intake.Unseen:
		return p.Text("Characters that readers do not see were left out: %d.", w.N)
	case intake.OverLong:
		return p.Text("Paragraphs of more than %d characters, which are shown in part: %d.", intake.LongRunes, w.N)
	}
	return noteSentence(p, w.Note)
}

// The calls of a preview's buttons.
const (
	confirmCommand = "documents confirm"
	cancelCommand  = "documents cancel"
	noProposal     = "-" // of a question that nothing waits for
)

func proposalParams() []commands.Param {
	return []commands.Param{{Name: proposalParam, Summary: "Which preview", Type: commands.Text, Required: true,
		MaxRunes: proposalRunes}}
}

func (t *Table) confirmDocument() commands.Command {
	return commands.Command{
		Name:    confirmCommand,
		Summary: "Do what a preview shows",
		Params:  proposalParams(),
		Only:    commands.Button,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runConfirm,
	}
}

func (t *Table) runConfirm(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	change, report, err := l.Confirm(ctx, in.Server, in.Args[proposalParam], access.Caller(in), embedding(in))
	if err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	return changedReply(in.Lang, change, report), nil
}

func (t *Table) cancelDocument() commands.Command {
	return commands.Command{
		Name:    cancelCommand,
		Summary: "Leave what a preview shows",
		Params:  proposalParams(),
		Only:    commands.Button,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runCancel,
	}
}

func (t *Table) runCancel(_ context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	if id := in.Args[proposalParam]; id != noProposal {
		if err := l.Cancel(in.Server, id, access.Caller(in)); err != nil {
			return commands.Reply{}, t.Unchanged(in, err)
		}
	}
	var r commands.Reply
	r.Say(commands.Para, in.Lang.Text("Canceled. Nothing was changed."))
	r.JSON = commands.Machine(changeJSON{})
	return r, nil
}

// embedding shows how far the embedding is, where somebody can see it.
func embedding(in commands.Input) func(done, total int) {
	if in.Show == nil {
		return nil
	}
	return func(done, total int) {
		var r commands.Reply
		r.Say(commands.Small, in.Lang.Text("Embedding paragraphs: %d of %d …", done, total))
		in.Show(r)
	}
}

// changedReply says what was done and how it is undone. It is pure.
func changedReply(p lang.Printer, c library.Change, report ask.Report) commands.Reply {
	r := commands.Reply{JSON: commands.Machine(newChangeJSON(c, report))}
	title := commands.ShownTitle(c.Title)
	switch c.Action {
	case library.ActionAdd:
		r.Say(commands.Para, p.Text("“%s” is added. Questions are answered from it from now on.", title))
	case library.ActionReplace:
		r.Say(commands.Para, p.Text("“%s” is replaced. Questions are answered from the new text from now on.", title))
	case library.ActionRemove:
		r.Say(commands.Para, p.Text("“%s” is removed. No answer is made from it any more.", title))
	case library.ActionHide:
		r.Say(commands.Para, p.Text("“%s” is hidden on this server. No answer is made from it here any more.", title))
	default:
		r.Say(commands.Para, p.Text("“%s” is shown again on this server.", title))
	}
	r.Say(commands.Small, nowThere(p, report))
	sayWithoutVectors(&r, p, report)
	offerUndo(&r, p, c)
	return r
}

// offerUndo offers to undo a change.
func offerUndo(r *commands.Reply, p lang.Printer, c library.Change) {
	r.Say(commands.Small, p.Text("To take it back: /documents undo"))
	r.Actions = append(r.Actions, commands.Action{Label: p.Text("Undo"), Command: undoCommand,
		Args: commands.Args{changeParam: changeID(c.ID)}})
}

type proposalJSON struct {
	Document  string   `json:"document"`
	Title     string   `json:"title"`
	Published string   `json:"published"`
	Passages  int      `json:"paragraphs"`
	Replaces  bool     `json:"replaces"`
	Unchanged bool     `json:"unchanged"`
	Added     int      `json:"added"`
	Removed   int      `json:"removed"`
	Changed   int      `json:"changed"`
	ToEmbed   int      `json:"to_embed"`
	Known     int      `json:"known"`
	Warnings  []string `json:"warnings"`
}

func newProposalJSON(p library.Proposal) proposalJSON {
	j := proposalJSON{Document: p.Document.Slug, Title: p.Document.Title, Published: commands.ISODay(p.Document.Published),
		Passages: len(p.Document.Passages),
		Replaces: p.Replaces, Unchanged: p.Unchanged, Added: p.Added, Removed: p.Removed, Changed: p.Changed,
		ToEmbed: p.ToEmbed, Known: p.Known,
		Warnings: []string{}}
	for _, w := range p.Warnings {
		j.Warnings = append(j.Warnings, w.String())
	}
	return j
}
