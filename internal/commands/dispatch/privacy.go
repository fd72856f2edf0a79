package dispatch

import (
	"context"
	"strconv"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/lang"
	"pilcrow/internal/store"
)

func (t *Table) privacy() commands.Command {
	return commands.Command{
		Name:    "privacy",
		Summary: "Say what is stored, for how long, and what is sent where",
		Params: []commands.Param{
			{Name: commands.DetailsParam, Summary: "All of it", Type: commands.Flag, Only: commands.Button},
		},
		Only:    commands.Chat,
		Private: true,
		Unread:  true,
		Run:     t.runPrivacy,
	}
}

func (t *Table) runPrivacy(_ context.Context, in commands.Input) (commands.Reply, error) {
	if t.Closed { // it is there, and cannot be read
		return commands.Reply{}, commands.Refuse(admin.StoreLine(in.Lang, store.Damaged))
	}
	var r commands.Reply
	lines, listed := t.privacyLines(in)
	r.JSON = commands.Machine(privacyJSON{lines})
	if t.People != nil {
		r.Actions = []commands.Action{{Label: in.Lang.Text("Delete my data"), Command: "forget", Tone: commands.Destroy}}
	}
	if in.Args[commands.DetailsParam] == "" {
		for _, l := range t.privacyShort(in) {
			r.Say(commands.Item, l)
		}
		r.Actions = append([]commands.Action{{Label: in.Lang.Text("Details"), Command: "privacy",
			Args: commands.Args{commands.DetailsParam: "true"}}},
			r.Actions...)
		return r, nil
	}
	for i, l := range lines {
		kind := commands.Para
		if 0 < i && i <= listed {
			kind = commands.Item
		}
		r.Say(kind, l)
	}
	return r, nil
}

// privacyShort says it in five lines: what is on disk, what is in memory, what is sent where, what this server or this
// bot has beside, and what deletes it.
func (t *Table) privacyShort(in commands.Input) []string {
	p := in.Lang
	passing := t.passingLines(in)
	lines := []string{p.Text("On disk I keep nothing of yours: no question, no answer, no user id.")}
	if t.People != nil {
		lines[0] = p.Text("On disk I keep no question, no answer and no user id, but for what you choose to give: votes, "+
			"and questions for the admins, for %s days.", commands.Days(feedback.KeepDays))
	}
	lines = append(lines, p.Text("In memory I keep the last questions and answers for an hour, without who asked. "+
		"A restart forgets them."), passing[2])
	if t.settings.Overhears.Reads {
		lines = append(lines, passing[len(passing)-1])
	}
	switch {
	case t.feedback.Records(in.Server):
		lines = append(lines, t.recordsLine(p))
	case t.Library != nil && !t.settings.Overhears.Reads:
		lines = append(lines, p.Text("Who adds or changes documents or settings of a server is named in its history."))
	}
	if t.People != nil {
		lines = append(lines, p.Text("“Delete my data” deletes what you gave, in all servers at once; backups keep it for a "+
			"while."))
	}
	return lines
}

// recordsLine says that the admins keep what was asked in vain.
func (t *Table) recordsLine(p lang.Printer) string {
	return p.Text("The admins of this server chose to keep every question that the documents do not answer, for %s days, "+
		"without who asked it.", commands.Days(feedback.KeepDays))
}

// privacyLines say what becomes of what people write, as the server that they are read in has it. So many after the
// first are a list of what is on disk.
func (t *Table) privacyLines(in commands.Input) (lines []string, listed int) {
	p, kept := in.Lang, commands.Days(feedback.KeepDays)
	if t.People == nil {
		return append([]string{p.Text("On disk I keep nothing of yours: no question, no answer, no user id.")},
			t.passingLines(in)...), 0
	}
	lines = []string{
		p.Text("On disk I keep no question, no answer and no user id, but for what you choose to give:"),
		p.Text("A vote (👍 or 👎), with your reason and comment and the numbers of the paragraphs cited, for %s days. In "+
			"place of your "+
			"user id and of the question there are keyed hashes.", kept),
		p.Text("A question that you told the admins, with its channel and day, for %s days after it was last asked or "+
			"until an admin dismisses "+
			"it; again with a hash in place of your user id. Only if you wish to be told of the answer your user id is kept, "+
			"until you are.", kept),
	}
	if t.feedback.Records(in.Server) {
		lines = append(lines, t.recordsLine(p))
	}
	lines = append(lines, p.Text("While I answer, where the answer goes, encrypted: to end it after a crash, within "+
		"a day."))
	if t.People.Shared() {
		lines = append(lines, p.Text("How much you have asked lately, with a keyed hash in place of your user id, until you "+
			"may ask as much as ever again."))
	}
	if t.Library != nil {
		lines = append(lines, p.Text("Who adds or changes documents or settings of a server is named in its history."))
	}
	if t.feedback.Servers != nil {
		lines = append(lines, p.Text("Where I am removed from a server, all that belongs to it is deleted after %s days; "+
			"if I am back before, it is still there.",
			commands.Days(store.KeepDeparted)))
	}
	listed = len(lines) - 1
	return append(append(lines, t.passingLines(in)...), t.deletionLines(p)...), listed
}

// deletionLines say what “Delete my data” deletes, and where it is found for a while all the same.
func (t *Table) deletionLines(p lang.Printer) []string {
	if t.backups > 0 {
		return []string{p.Text("“Delete my data” deletes your votes, questions and wishes in all servers, and your "+
			"name in the histories. "+
			"Daily copies keep them for %s days; older backups of the operator keep what they hold.", strconv.Itoa(t.backups))}
	}
	lines := []string{p.Text("“Delete my data” deletes your votes, your questions and wishes in all servers at " +
		"once, and takes your name out of " +
		"the histories. Backups that the operator made before keep what they hold.")}
	if t.People.Shared() {
		lines = append(lines, p.Text("PostgreSQL keeps what was deleted in its write-ahead log and in its backups, until "+
			"newer ones have taken their place."))
	}
	return lines
}

// passingLines say what is kept in memory, read and sent.
func (t *Table) passingLines(in commands.Input) []string {
	p := in.Lang
	sent := p.Text("Nothing that you ask leaves the computer that I run on, except to Discord.")
	if t.Outside != "" {
		sent = p.Text("Your questions, the text files with them, what was said before a follow-up, and the paragraphs "+
			"found are sent to %s. "+
			"Your name is not. How much is sent is counted by the day, without whose it was.", t.Outside)
	}
	lines := []string{
		p.Text("In memory I keep the last %d questions with their answers for an hour, without who asked, to answer the "+
			"same one again "+
			"and to let you tell the admins; and for %d answers what was left out of them. How often you have asked is "+
			"counted by your user id until you may ask as much as ever "+
			"again. A restart forgets all of it.", answers.MaxRemembered, answers.MaxAnswers),
		p.Text("For a follow-up I read the messages before it from Discord, and keep none of them."),
		sent,
		p.Text("My messages can be deleted in Discord by those who may."),
	}
	if t.settings.Overhears.Reads {
		lines = append(lines, p.Text("Discord shows me what is written where I can read. In threads where I have "+
			"answered, and in channels that the admins chose, I may take it for a question; "+
			"of the rest I keep nothing."))
	}
	return lines
}

type privacyJSON struct {
	Lines []string `json:"lines"`
}
