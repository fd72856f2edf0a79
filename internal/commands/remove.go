package commands

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag"
)

const (
	sureParam   = "sure"
	changeParam = "change"
	undoCommand = "documents undo"
)

func (t *Table) removeDocument() Command {
	return Command{
		Name:    "documents remove",
		Summary: "Remove a document from this server; you are asked first",
		Params: []Param{
			t.heldParam(true),
			{Name: sureParam, Summary: "The mark of the document that is to go", Type: Text, Only: Button, MaxRunes: shortDigest},
		},
		Only:    Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runRemove,
	}
}

// runRemove asks first. The button that says yes carries a mark of the document, so that it does not remove another that came under
// its name.
func (t *Table) runRemove(ctx context.Context, in Input) (Reply, error) {
	l, err := t.keeper(in)
	if err != nil {
		return Reply{}, err
	}
	v, err := t.held(in)
	if err != nil {
		return Reply{}, err
	}
	d := v.documents[0]
	mark := d.Digest()[:shortDigest]
	if sure := in.Args[sureParam]; sure == mark {
		change, report, err := l.Remove(ctx, in.Server, d.Slug, caller(in))
		if err != nil {
			return Reply{}, t.unchanged(in, err)
		}
		return changedReply(in.Lang, change, report), nil
	} else if sure != "" {
		return Reply{}, t.unchanged(in, library.ErrChanged)
	}
	info, _, err := l.About(in.Server, d.Slug)
	if err != nil {
		return Reply{}, t.unchanged(in, err)
	}
	var r Reply
	if info.Own {
		r.say(Heading, in.Lang.Text("Remove “%s”?", d.Title))
		r.say(Para, in.Lang.Text("It has %s. No answer will be made from it any more; its buttons under old answers will say that it is gone.",
			in.Lang.Text("%d paragraphs", len(d.Passages))))
	} else {
		r.say(Heading, in.Lang.Text("Hide “%s”?", d.Title))
		r.say(Para, in.Lang.Text("It comes from whoever runs me, with %s. It will be hidden on this server alone.",
			in.Lang.Text("%d paragraphs", len(d.Passages))))
	}
	r.say(Small, in.Lang.Text("Nothing is changed yet. Afterwards /documents undo takes it back."))
	args := Args{"document": d.Slug, sureParam: mark}
	r.Actions = []Action{{Label: in.Lang.Text("Confirm"), Command: "documents remove", Args: args, Turn: true}}
	r.JSON = changeJSON{Document: d.Slug, Title: d.Title}
	return r, nil
}

func (t *Table) undoDocument() Command {
	return Command{
		Name:    undoCommand,
		Summary: "Take the last change of the documents back",
		Params:  []Param{{Name: changeParam, Summary: "Which change, by its number", Type: Text, Only: Button, MaxRunes: 20}},
		Only:    Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runUndo,
	}
}

// runUndo takes back the latest change, or from a button the one that it was made for: if that is not the latest any more, nothing.
func (t *Table) runUndo(ctx context.Context, in Input) (Reply, error) {
	l, err := t.keeper(in)
	if err != nil {
		return Reply{}, err
	}
	var id int64
	if written := in.Args[changeParam]; written != "" {
		if id, err = strconv.ParseInt(written, 10, 64); err != nil || id < 1 {
			return Reply{}, t.unchanged(in, library.ErrNothing)
		}
	}
	change, report, err := l.Undo(ctx, in.Server, id, caller(in))
	if errors.Is(err, library.ErrNotLatest) {
		return Reply{}, refuse(in.Lang.Text("That change was undone already, or another came after it. /documents history shows them; " +
			"/documents undo takes back the latest."))
	}
	if err != nil {
		return Reply{}, t.unchanged(in, err)
	}
	_, there, err := l.About(in.Server, change.Slug)
	return undoneReply(in.Lang, change, there && err == nil, report), nil
}

// undoneReply says what was undone; there tells that a document of the name is left. It is pure.
func undoneReply(p lang.Printer, c library.Change, there bool, report rag.Report) Reply {
	r := Reply{JSON: newChangeJSON(c, report)}
	switch before, after := c.Before, c.After; {
	case before == nil && after == nil && c.Became == "":
		r.say(Para, p.Text("Undone. Here, questions are answered from all documents again:"))
		r.where(c.Slug)
	case before == nil && after == nil:
		r.say(Para, p.Text("Undone. Here, questions are answered from these documents alone again: %s.", strings.ReplaceAll(c.Became, " ", ", ")))
		r.where(c.Slug)
	case after != nil && after.Hidden:
		r.say(Para, p.Text("Undone: “%s” is hidden again.", c.Title))
	case after != nil:
		r.say(Para, p.Text("Undone: “%s” is as it was before, with %s.", c.Title, p.Text("%d paragraphs", after.Paragraphs)))
	case before != nil && before.Hidden:
		r.say(Para, p.Text("Undone: “%s” is shown again.", c.Title))
	case there:
		r.say(Para, p.Text("Undone: the shared document of that name, %s, stands here again.", c.Slug))
	default:
		r.say(Para, p.Text("Undone: “%s” is not here any more.", c.Title))
	}
	if report.Documents > 0 {
		r.say(Small, nowThere(p, report))
	}
	return r
}

// nowThere says how many documents there are after a change, and what it cost.
func nowThere(p lang.Printer, report rag.Report) string {
	return p.Text("Now there: %s with %s. Embedded: %d, known: %d, in %s.", p.Text("%d documents", report.Documents),
		p.Text("%d paragraphs", report.Passages), report.Embedded, report.Reused, took(report.Took))
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

func newChangeJSON(c library.Change, report rag.Report) changeJSON {
	return changeJSON{c.ID, c.Action, c.Slug, c.Title, report.Embedded, report.Reused, report.Took.Milliseconds()}
}

func (j changeJSON) MarshalJSON() ([]byte, error) {
	type plain changeJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
