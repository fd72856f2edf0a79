package admin

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
)

const (
	sureParam   = "sure"
	changeParam = "change"
	undoCommand = "documents undo"

	removeCommand = "documents remove"
)

func (t *Table) removeDocument() commands.Command {
	return commands.Command{
		Name:    removeCommand,
		Summary: "Remove a document from this server; you are asked first",
		Params: []commands.Param{
			t.HeldParam(true),
			{Name: sureParam, Summary: "The mark of the document that is to go", Type: commands.Text, Only: commands.Button,
				MaxRunes: shortDigest},
		},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runRemove,
	}
}

// runRemove asks first. The button that says yes carries a mark of the document, so that it does not remove another
// that came under its name.
func (t *Table) runRemove(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	d, info, err := t.toRemove(l, in)
	if err != nil {
		return commands.Reply{}, err
	}
	mark := d.Digest()[:shortDigest]
	switch in.Args[sureParam] {
	case "":
		return askRemoval(l, in, d, info)
	case mark:
		change, report, err := l.Remove(ctx, in.Server, d.Slug, access.Caller(in))
		if err != nil {
			return commands.Reply{}, t.Unchanged(in, err)
		}
		r := changedReply(in.Lang, change, report)
		if info.Over {
			r.Blocks = slices.Insert(r.Blocks, 1, commands.Block{Kind: commands.Para,
				Text: in.Lang.Text("The shared document of that name " +
					"stands here again.")})
		}
		return r, nil
	}
	return commands.Reply{}, t.Unchanged(in, library.ErrChanged)
}

// toRemove finds the document that is named. One that could not be loaded, or is too large for the memory, has no
// paragraphs here.
func (t *Table) toRemove(l *library.Library, in commands.Input) (article.Document, library.Info, error) {
	if info, ok := l.About(in.Server, in.Args["document"]); ok && info.Broken {
		return article.Document{Slug: in.Args["document"], Title: info.Title}, info, nil
	}
	v, err := t.Held(in)
	if err != nil {
		return article.Document{}, library.Info{}, err
	}
	d := v.Documents[0]
	info, _ := l.About(in.Server, d.Slug)
	return d, info, nil
}

// askRemoval asks before a document goes.
func askRemoval(l *library.Library, in commands.Input, d article.Document, info library.Info) (commands.Reply, error) {
	places := l.Scopes(in.Server)
	var r commands.Reply
	p, size := in.Lang, in.Lang.Text("%d paragraphs", len(d.Passages))
	if info.Own {
		r.Say(commands.Heading, p.Text("Remove “%s”?", commands.ShownTitle(d.Title)))
		r.Say(commands.Para, p.Text("It has %s. No answer will be made from it any more; its buttons under old answers "+
			"will say "+
			"that it is gone.", size))
	} else {
		r.Say(commands.Heading, p.Text("Hide “%s”?", commands.ShownTitle(d.Title)))
		r.Say(commands.Para, p.Text("It comes from whoever runs me, with %s. It will be hidden on this server alone.", size))
	}
	if channels := tiedTo(places, d.Slug); len(channels) > 0 {
		r.Say(commands.Para, p.Text("These channels are tied to it, and will not be answered from others instead:"))
		r.Blocks[len(r.Blocks)-1].Channels = channels
	}
	r.Say(commands.Small, p.Text("Nothing is changed yet. Afterwards /documents undo takes it back."))
	r.Actions = []commands.Action{
		{Label: p.Text("Confirm"), Command: removeCommand,
			Args: commands.Args{"document": d.Slug, sureParam: d.Digest()[:shortDigest]}, Turn: true,
			Tone: commands.Destroy},
		{Label: p.Text("Cancel"), Command: cancelCommand, Args: commands.Args{proposalParam: noProposal}, Turn: true},
	}
	r.JSON = commands.Machine(changeJSON{Document: d.Slug, Title: d.Title})
	return r, nil
}

func (t *Table) undoDocument() commands.Command {
	return commands.Command{
		Name:    undoCommand,
		Summary: "Take the last change of the documents back",
		Params: []commands.Param{{Name: changeParam, Summary: "Which change, by its number", Type: commands.Text,
			Only: commands.Button, MaxRunes: 20}},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runUndo,
	}
}

// runUndo takes back the latest change, or from a button the one that it was made for: if that is not the latest any
// more, nothing.
func (t *Table) runUndo(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	var id int64
	if written := in.Args[changeParam]; written != "" {
		if id, err = strconv.ParseInt(written, 10, 64); err != nil || id < 1 {
			return commands.Reply{}, t.Unchanged(in, library.ErrNothing)
		}
	}
	change, report, err := l.Undo(ctx, in.Server, id, access.Caller(in))
	if errors.Is(err, library.ErrNotLatest) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That change was undone already, or another came after it. " +
			"/documents history " +
			"shows them; " +
			"/documents undo takes back the latest."))
	}
	if err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	_, there := l.About(in.Server, change.Slug)
	return undoneReply(in.Lang, change, there, report), nil
}

// undoneReply says what was undone; there tells that a document of the name is left. It is pure.
func undoneReply(p lang.Printer, c library.Change, there bool, report ask.Report) commands.Reply {
	r := commands.Reply{JSON: commands.Machine(newChangeJSON(c, report))}
	title := commands.ShownTitle(c.Title)
	switch before, after := c.Before, c.After; {
	case before == nil && after == nil && c.Became == "":
		r.Say(commands.Para, p.Text("Undone. Here, questions are answered from all documents again:"))
		settings.SayWhere(&r, c.Slug)
	case before == nil && after == nil:
		r.Say(commands.Para, p.Text("Undone. Here, questions are answered from these documents alone again: %s.",
			strings.ReplaceAll(c.Became, " ", ", ")))
		settings.SayWhere(&r, c.Slug)
	case after != nil && after.Hidden:
		r.Say(commands.Para, p.Text("Undone: “%s” is hidden again.", title))
	case after != nil:
		r.Say(commands.Para, p.Text("Undone: “%s” is as it was before, with %s.", title,
			p.Text("%d paragraphs", after.Paragraphs)))
	case before != nil && before.Hidden:
		r.Say(commands.Para, p.Text("Undone: “%s” is shown again.", title))
	case there:
		r.Say(commands.Para, p.Text("Undone: the shared document of that name, %s, stands here again.", c.Slug))
	default:
		r.Say(commands.Para, p.Text("Undone: “%s” is not here any more.", title))
	}
	if report.Documents > 0 {
		r.Say(commands.Small, nowThere(p, report))
	}
	sayWithoutVectors(&r, p, report)
	return r
}

// sayWithoutVectors says that some paragraphs are not found by meaning yet.
func sayWithoutVectors(r *commands.Reply, p lang.Printer, report ask.Report) {
	if report.Missing > 0 {
		r.Say(commands.Small, p.Text("Not embedded yet: %d. Until they are, paragraphs are found by their words.",
			report.Missing))
	}
}

// nowThere says how many documents there are after a change, and what it cost.
func nowThere(p lang.Printer, report ask.Report) string {
	return p.Text("Now there: %s with %s. Embedded: %d, known: %d, in %s.", p.Text("%d documents", report.Documents),
		p.Text("%d paragraphs", report.Passages), report.Embedded, report.Reused, commands.Took(report.Took))
}

func changeID(id int64) string { return strconv.FormatInt(id, 10) }

type changeJSON struct {
	Change   int64  `json:"change"`
	Action   string `json:"action"`
	Document string `json:"document"`
	Title    string `json:"title"`
	Embedded int    `json:"embedded"`
	Reused   int    `json:"reused"`
	TookMS   int64  `json:"took_ms"`
}

func newChangeJSON(c library.Change, report ask.Report) changeJSON {
	return changeJSON{c.ID, c.Action, c.Slug, c.Title, report.Embedded, report.Reused, report.Took.Milliseconds()}
}
