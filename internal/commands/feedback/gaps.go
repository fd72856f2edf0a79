package feedback

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/store"
)

const (
	gapsPerPage  = 3   // groups of questions
	gapRunes     = 120 // characters of the question that stands for a group
	maxOtherGaps = 2   // others of the group that are shown
	otherRunes   = 50  // characters of each

	recordSetting = "record questions" // of a server: "on" keeps every question asked in vain, without who asked
)

// Records tells whether a server keeps every question that was asked in vain, without who asked.
func (t *Table) Records(server string) bool { return t.Setting(server, recordSetting) == on }

const (
	on  = "on"
	off = "off"
)

func (t *Table) gaps() commands.Command {
	return commands.Command{
		Name:    "gaps",
		Summary: "List what the documents did not answer",
		Params: []commands.Param{
			commands.PageParam(),
			{Name: "record", Summary: "Keep every question asked in vain, without who asked, or stop that", Type: commands.Text,
				Choices: []string{on, off}},
		},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Run:     t.runGaps,
	}
}

// A gapGroup is questions that ask for the same.
type gapGroup struct {
	gaps  []store.Gap // the one asked most often first
	times int
	last  time.Time
	wish  int
}

// groupGaps puts questions together that ask for the same, those asked most often first, then those asked last. It is
// pure.
func groupGaps(gaps []store.Gap) []gapGroup {
	texts := make([]string, len(gaps))
	for i, g := range gaps {
		texts[i] = g.Question
	}
	var groups []gapGroup
	for _, places := range cluster(texts) {
		var g gapGroup
		for _, at := range places {
			gap := gaps[at]
			g.gaps = append(g.gaps, gap)
			g.times += gap.Times
			g.wish += gap.Wishes
			if gap.Last.After(g.last) {
				g.last = gap.Last
			}
		}
		slices.SortFunc(g.gaps, func(a, b store.Gap) int { return cmp.Or(b.Times-a.Times, cmp.Compare(a.ID, b.ID)) })
		groups = append(groups, g)
	}
	slices.SortStableFunc(groups, func(a, b gapGroup) int {
		return cmp.Or(b.times-a.times, b.last.Compare(a.last), cmp.Compare(a.gaps[0].ID, b.gaps[0].ID))
	})
	return groups
}

func (t *Table) runGaps(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Questions are kept for servers alone: use this in yours."))
	}
	if to := in.Args["record"]; to != "" {
		return t.setRecording(ctx, in, to)
	}
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	gaps, err := t.People.Gaps(ctx, in.Server)
	if err != nil {
		return commands.Reply{}, err
	}
	now := t.Now()
	votes, err := t.People.Votes(ctx, in.Server, now.Add(-votesOf))
	if err != nil {
		return commands.Reply{}, err
	}
	answered, err := t.People.Answered(ctx, in.Server, now.Add(-votesOf))
	if err != nil {
		return commands.Reply{}, err
	}
	groups := groupGaps(gaps)
	last := max(1, (len(groups)+gapsPerPage-1)/gapsPerPage)
	page := min(in.Args.Integer("page", 1), last)
	var r commands.Reply
	r.Say(commands.Heading, in.Lang.Text("What the documents did not answer"))
	if len(groups) == 0 {
		r.Say(commands.Para, in.Lang.Text("No question is waiting for an answer."))
	}
	from := (page - 1) * gapsPerPage
	for i, g := range groups[from:min(from+gapsPerPage, len(groups))] {
		blocks, actions := len(r.Blocks), len(r.Actions)
		sayGap(&r, in.Lang, v, from+i+1, g, now)
		r.Row(i+1, blocks, actions)
	}
	if page == 1 {
		t.gapsFoot(&r, in, v, votes, answered)
	}
	if last > 1 {
		r.Turn(in.Lang, "gaps", in.Args, page, last, in.Lang.Text("Page %d of %d", page, last))
	}
	return r, nil
}

// sayGap shows one group and what can be done about it.
func sayGap(r *commands.Reply, p lang.Printer, v access.View, number int, g gapGroup, now time.Time) {
	most := g.gaps[0]
	r.Say(commands.Para, p.Text("%d. “%s”", number, commands.Clip(commands.OneLine(most.Question), gapRunes)))
	day := most.Last.UTC().Format(time.DateOnly)
	small := p.Text("asked %d times, last %s", g.times, day)
	if g.wish > 0 {
		small += " · " + p.Text("%d want to be told", g.wish)
	}
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small, Text: small}.At(day, most.Last))
	if others := g.gaps[1:]; len(others) > 0 {
		var texts []string
		for _, o := range others[:min(len(others), maxOtherGaps)] {
			texts = append(texts, "“"+commands.Clip(commands.OneLine(o.Question), otherRunes)+"”")
		}
		r.Say(commands.Small, p.Text("Also asked: %s", strings.Join(texts, ", ")))
	}
	ids := make([]int64, len(g.gaps))
	for i, gap := range g.gaps {
		ids[i] = gap.ID
	}
	label := func(text string) string { return p.Text("%d: %s", number, text) }
	nearest := slices.DeleteFunc(v.Passages(most.Nearest), func(n article.Passage) bool {
		return !slices.ContainsFunc(v.Documents, func(d article.Document) bool { return d.Slug == n.Ref.Slug })
	})
	if len(nearest) > 0 {
		near := nearest[0]
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small, Text: p.Text("Nearest:"),
			Cites: []article.Ref{near.Ref}})
		r.Sources = append(r.Sources, near)
		r.Listed = true
		r.Actions = append(r.Actions, paragraph.Receipt(label("¶"+commands.Thousands(near.Ref.N)), near, nil))
	}
	answer := idAction(label(p.Text("Answer now")), "answer", most.ID)
	answer.Tone = commands.Forward
	answer.Form = true
	answer.Short = p.Text("Answer now")
	dismiss := idAction(label(p.Text("Dismiss")), "dismiss", ids...)
	dismiss.Short, dismiss.Tone = p.Text("Dismiss"), commands.Destroy
	r.Actions = append(r.Actions, answer, dismiss)
}

// gapsFoot says what else admins want to know, and what they can switch.
func (t *Table) gapsFoot(r *commands.Reply, in commands.Input, v access.View, votes store.Votes, answered int) {
	if answered > 0 {
		r.Say(commands.Small, in.Lang.Text("Answered in the last 7 days: %d questions.", answered))
	}
	if line := votesLine(in.Lang, votes); line != "" {
		r.Say(commands.Small, line)
	}
	for _, c := range votes.Comments {
		sayComment(r, in.Lang, v, c)
	}
	if worst := disliked(v, votes); len(worst) > 0 {
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small,
			Text:  in.Lang.Text("Cited by answers that were voted down:"),
			Cites: commands.Refs(worst)})
		for _, p := range worst {
			r.Source(p)
		}
		r.Actions = append(r.Actions, paragraph.OpenActions(*r, worst)...)
	}
	if t.Records(in.Server) {
		r.Say(commands.Small, in.Lang.Text("Every question asked in vain is kept, without who asked. To stop that: /gaps "+
			"record:off"))
	} else {
		r.Say(commands.Small, in.Lang.Text("Only what people chose to tell you is kept. To keep every question asked in "+
			"vain, "+
			"without who asked: /gaps record:on"))
	}
}

// setRecording switches whether every question asked in vain is kept.
func (t *Table) setRecording(ctx context.Context, in commands.Input, to string) (commands.Reply, error) {
	if to != on && to != off {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I know “on” and “off” only."))
	}
	if err := t.SetSetting(ctx, in, recordSetting, to); err != nil {
		return commands.Reply{}, err
	}
	var r commands.Reply
	if to == on {
		r.Say(commands.Para, in.Lang.Text("From now on every question that the documents do not answer is kept here, "+
			"without who "+
			"asked. "+
			"Answers say so, and /privacy does."))
	} else {
		r.Say(commands.Para, in.Lang.Text("From now on only the questions are kept that people choose to tell you. Those "+
			"kept so "+
			"far stay until you dismiss them."))
	}
	return r, nil
}

func (t *Table) dismiss() commands.Command {
	return commands.Command{
		Name:    "dismiss",
		Summary: "Forget questions that need no answer",
		Params:  []commands.Param{idParam()},
		Only:    commands.Button,
		Admin:   true,
		Private: true,
		Run:     t.runDismiss,
	}
}

func (t *Table) runDismiss(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Questions are kept for servers alone: use this in yours."))
	}
	n, err := t.People.DropGaps(ctx, in.Server, readIDs(in.Args[questionsParam]))
	switch {
	case err != nil:
		return commands.Reply{}, err
	case n == 0:
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Those questions are no longer kept."))
	}
	var r commands.Reply
	r.Say(commands.Para, in.Lang.Text("Forgotten: %d questions.", n))
	return r, nil
}
