package admin

import (
	"cmp"
	"context"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
)

const (
	historyPage = 8   // changes on a page
	maxHistory  = 500 // changes of a server that are kept
)

func (t *Table) documentHistory() commands.Command {
	return commands.Command{
		Name:    "documents history",
		Summary: "Show who changed the documents, when and how",
		Params:  []commands.Param{commands.PageParam()},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runHistory,
	}
}

func (t *Table) runHistory(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	changes, err := allChanges(ctx, l, in.Server)
	if err != nil {
		return commands.Reply{}, t.Unchanged(in, err)
	}
	out := historyJSON{Changes: []auditJSON{}}
	var r commands.Reply
	if len(changes) == 0 {
		r.Nothing, r.JSON = true, commands.Machine(out)
		r.Say(commands.Para, in.Lang.Text("Nobody has changed the documents of this server yet."))
		return r, nil
	}
	var entries []paragraph.Entry
	for _, c := range changes {
		entries = append(entries, paragraph.Entry{Blocks: auditBlocks(in.Lang, c)})
		out.Changes = append(out.Changes, newAuditJSON(c))
	}
	listPages(&r, entries, "documents history", in, historyPage)
	if len(changes) >= maxHistory {
		r.Say(commands.Small, in.Lang.Text("The last %d changes are kept.", maxHistory))
	}
	r.JSON = commands.Machine(out)
	return r, nil
}

// allChanges are the changes of a server that are kept, newest first.
func allChanges(ctx context.Context, l *library.Library, server string) ([]library.Change, error) {
	var all []library.Change
	for before := int64(0); len(all) < maxHistory; {
		some, err := l.History(ctx, server, before, maxHistory)
		if err != nil || len(some) == 0 {
			return all, err
		}
		all, before = append(all, some...), some[len(some)-1].ID
	}
	return all, nil
}

// auditBlocks shows one change: what and by whom in a line, then how it was before and is after.
func auditBlocks(p lang.Printer, c library.Change) []commands.Block {
	number := "#" + changeID(c.ID) + " "
	text := p.Isolate(number + commands.Timestamp(c.At))
	start := strings.Index(text, number)
	line := commands.Block{Kind: commands.Item, Text: text + " · " + auditSentence(p, c),
		Bold: []article.Span{{Start: start, End: start + len(number) - 1}}}
	if ofScope(c) && c.Slug != "" {
		line.Channels = []string{c.Slug}
	}
	blocks := []commands.Block{line.At(commands.Timestamp(c.At), c.At)}
	var more []string
	switch {
	case c.Before != nil || c.After != nil:
		more = append(more, stateText(p, c.Before)+" → "+stateText(p, c.After))
	case c.Action == library.ActionSetting && c.Slug == managersSetting: // ids, which a chat shows by name
		blocks[0].Roles = strings.Fields(c.Became)
	case c.Action == library.ActionSetting && c.Slug == settings.ChannelsSetting:
		for entry := range strings.FieldsSeq(c.Became) {
			id, _, _ := strings.Cut(entry, "=")
			blocks[0].Channels = append(blocks[0].Channels, id)
		}
	case c.Was != "" || c.Became != "":
		more = append(more, settingText(p, c.Was)+" → "+settingText(p, c.Became))
	}
	if c.UndoneBy != 0 {
		more = append(more, p.Text("undone by %s", "#"+changeID(c.UndoneBy)))
	}
	if len(more) > 0 {
		blocks = append(blocks, commands.Block{Kind: commands.Small, Text: strings.Join(more, " · ")})
	}
	return blocks
}

// managersSetting is the name under which the history has the roles that may change the documents.
const managersSetting = "managers"

// ofScope tells whether a change is of what a place is tied to: only such a change can be undone and is not of a
// document.
func ofScope(c library.Change) bool {
	return c.Action == library.ActionScope || c.Action == library.ActionUndo && c.Before == nil && c.After == nil
}

// auditSentence says who did what.
func auditSentence(p lang.Printer, c library.Change) string {
	by, what := cmp.Or(c.By.Name, p.Text("somebody")), cmp.Or(commands.ShownTitle(c.Title), c.Slug)
	if c.Title != "" && c.Slug != "" {
		what += " (" + c.Slug + ")"
	}
	switch {
	case c.Action == library.ActionUndo && ofScope(c):
		return p.Text("%s undid what a place is tied to", by)
	case ofScope(c) && c.Slug == "":
		return p.Text("%s set what the server is tied to", by)
	case ofScope(c):
		return p.Text("%s set what a channel is tied to", by)
	case c.Action == library.ActionSetting && c.Slug == managersSetting:
		return p.Text("%s decided which roles may change the documents", by)
	case c.Action == library.ActionSetting && c.Slug == settings.ChannelsSetting:
		return p.Text("%s decided in which channels I answer without a mention", by)
	}
	switch c.Action {
	case library.ActionAdd:
		return p.Text("%s added %s", by, what)
	case library.ActionReplace:
		return p.Text("%s replaced %s", by, what)
	case library.ActionRemove:
		return p.Text("%s removed %s", by, what)
	case library.ActionHide:
		return p.Text("%s hid %s", by, what)
	case library.ActionShow:
		return p.Text("%s showed %s again", by, what)
	case library.ActionUndo:
		return p.Text("%s undid a change of %s", by, what)
	case library.ActionAddress:
		return p.Text("the page of %s had changed at its address", what)
	}
	return p.Text("%s changed the setting %s", by, what)
}

// shownSum is how many characters of a checksum people are shown.
const shownSum = 8

func stateText(p lang.Printer, s *library.State) string {
	switch {
	case s == nil:
		return p.Text("none")
	case s.Hidden:
		return p.Text("hidden")
	}
	return p.Text("%d paragraphs", s.Paragraphs) + ", SHA-256 " + s.SHA256[:min(len(s.SHA256), shownSum)] + "…"
}

func settingText(p lang.Printer, value string) string {
	if value == "" {
		return p.Text("none")
	}
	return commands.Clip(value, commands.MaxNameRunes)
}

// listPages shows entries that have no paragraphs to open: one page of at most so many, with the buttons that turn it.
func listPages(r *commands.Reply, entries []paragraph.Entry, command string, in commands.Input, most int) {
	starts := paragraph.PageStarts(entries, most)
	page := min(in.Args.Integer("page", 1), len(starts))
	from, to := starts[page-1], len(entries)
	if page < len(starts) {
		to = starts[page]
	}
	for i, e := range entries[from:to] {
		blocks, actions := len(r.Blocks), len(r.Actions)
		r.Blocks, r.Actions = append(r.Blocks, e.Blocks...), append(r.Actions, e.Actions...)
		if len(e.Actions) > 0 {
			r.Row(i+1, blocks, actions)
		}
	}
	if len(starts) > 1 {
		r.Turn(in.Lang, command, in.Args, page, len(starts), in.Lang.Text("%d–%d of %d", from+1, to, len(entries)))
	}
}

type auditJSON struct {
	Change     int64  `json:"change"`
	At         string `json:"at"`
	By         string `json:"by"`
	Action     string `json:"action"`
	Document   string `json:"document"`
	Title      string `json:"title"`
	Before     string `json:"before"` // checksum; "" for none
	After      string `json:"after"`
	UndoneBy   int64  `json:"undone_by"`
	WasSetting string `json:"was"`
	Became     string `json:"became"`
}

func newAuditJSON(c library.Change) auditJSON {
	j := auditJSON{Change: c.ID, At: c.At.UTC().Format(time.RFC3339), By: c.By.Name, Action: c.Action, Document: c.Slug,
		Title:    c.Title,
		UndoneBy: c.UndoneBy, WasSetting: c.Was, Became: c.Became}
	if c.Before != nil {
		j.Before = c.Before.SHA256
	}
	if c.After != nil {
		j.After = c.After.SHA256
	}
	return j
}

type historyJSON struct {
	Changes []auditJSON `json:"changes"`
}
