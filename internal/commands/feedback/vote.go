package feedback

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

const (
	maxCommentRunes = 500 // characters
	maxVoteCites    = 10  // paragraphs that are kept with a vote
	maxAnswerRunes  = 90  // of what a button knows of its answer
)

// What may be wrong with an answer.
var voteReasons = []string{"wrong", "not supported", "missing", "other"}

func (t *Table) vote() commands.Command {
	return commands.Command{
		Name:    "vote",
		Summary: "What is wrong with this answer?",
		Params: []commands.Param{
			{Name: AnswerParam, Summary: "Which answer", Type: commands.Text, Required: true, MaxRunes: maxAnswerRunes},
			{Name: "up", Summary: "It is a good answer", Type: commands.Flag, Carried: true},
			{Name: "reason", Summary: "What is wrong with it, if you like to say", Type: commands.Text, Choices: voteReasons},
			{Name: "comment", Summary: "Anything else that the admins should know; they do not see who wrote it",
				Type:     commands.Text,
				MaxRunes: maxCommentRunes},
		},
		Only:    commands.Button,
		Private: true,
		Run:     t.runVote,
	}
}

// OfferVote lets the reader say what an answer is worth. The buttons carry the answer's key and as many of the
// paragraphs that it cites as there is room for, so that they work after a restart.
func (t *Table) OfferVote(r *commands.Reply, a ask.Answer, in commands.Input) {
	if !t.listens(in) {
		return
	}
	up := commands.Action{Label: "👍", Command: "vote", Args: commands.Args{"up": "true"}, Apart: true}
	written := t.People.AnswerKey(in.Server, a.Edition, a.Question)
	for i, ref := range commands.Refs(a.Cited[:min(len(a.Cited), maxVoteCites)]) {
		next := " " + ref.Slug + "#" + strconv.Itoa(ref.N)
		if i > 0 && ref.Slug == a.Cited[i-1].Ref.Slug {
			next = "," + strconv.Itoa(ref.N)
		}
		if len(written)+len(next) > min(up.Room(AnswerParam)-1, maxAnswerRunes) {
			break
		}
		written += next
	}
	up.Args[AnswerParam] = written
	r.Actions = append(r.Actions, up, commands.Action{Label: "👎", Command: "vote",
		Args: commands.Args{AnswerParam: written}, Form: true})
}

var votedAnswer = regexp.MustCompile(`^([0-9a-f]{12})((?: [^ #]+#\d+(?:,\d+)*)*)$`)

// readVoted reads what a button knows of its answer. It comes from outside: only paragraphs that the reader may see
// count.
func readVoted(written string, v access.View) (key string, cites []article.Ref, ok bool) {
	m := votedAnswer.FindStringSubmatch(written)
	if m == nil {
		return "", nil, false
	}
	for field := range strings.FieldsSeq(m[2]) {
		slug, numbers, _ := strings.Cut(field, "#")
		i := slices.IndexFunc(v.Documents, func(d article.Document) bool { return d.Slug == slug })
		for number := range strings.SplitSeq(numbers, ",") {
			n, err := strconv.Atoi(number)
			ref := article.Ref{Slug: slug, N: n}
			if i >= 0 && err == nil && n >= 1 && n <= len(v.Documents[i].Passages) && !slices.Contains(cites, ref) &&
				len(cites) < maxVoteCites {
				cites = append(cites, ref)
			}
		}
	}
	return m[1], cites, true
}

func (t *Table) runVote(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Votes are taken in servers alone."))
	}
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	key, cites, ok := readVoted(in.Args[AnswerParam], v)
	if !ok {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I do not know that answer."))
	}
	up, reason, comment := in.Args["up"] != "", in.Args["reason"], in.Args["comment"]
	if reason != "" && !slices.Contains(voteReasons, reason) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I do not know that reason."))
	}
	if up {
		reason, comment = "", ""
	}
	changed, err := t.People.Vote(ctx, store.Vote{Server: in.Server, Answer: key, Person: in.Person, Up: up,
		Reason: reason, Comment: comment,
		Cites: cites, At: t.Now()})
	switch {
	case errors.Is(err, store.ErrTooMany):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That is a lot of votes for one day. Please come back " +
			"tomorrow."))
	case err != nil:
		return commands.Reply{}, err
	}
	var r commands.Reply
	r.Say(commands.Para, voted(in.Lang, up, changed))
	r.Say(commands.Small, in.Lang.Text("It is stored without your name, for %s days: /privacy says more, and deletes it.",
		commands.Days(KeepDays)))
	return r, nil
}

func voted(p lang.Printer, up, changed bool) string {
	switch {
	case up && changed:
		return p.Text("Your vote on this answer is 👍 now.")
	case up:
		return p.Text("Thank you. Your 👍 is counted.")
	case changed:
		return p.Text("Your vote on this answer is 👎 now. Thank you for saying so.")
	}
	return p.Text("Thank you for saying so. Your 👎 is counted.")
}

// Of the votes that are shown to admins.
const (
	votesOf      = 7 * 24 * time.Hour
	maxDisliked  = 3   // paragraphs
	commentRunes = 100 // characters of a comment
	leastDislike = 2   // votes, so that one person's mood names nothing
)

// votesLine counts a server's votes of the last week; "" for none.
func votesLine(p lang.Printer, v store.Votes) string {
	if v.Up+v.Down == 0 {
		return ""
	}
	var why []string
	for _, reason := range voteReasons {
		if n := v.Reasons[reason]; n > 0 {
			why = append(why, p.Text("%d “%s”", n, p.Fixed(reason)))
		}
	}
	if len(why) == 0 {
		return p.Text("Votes of the last 7 days: %d 👍, %d 👎.", v.Up, v.Down)
	}
	return p.Text("Votes of the last 7 days: %d 👍, %d 👎, of them %s.", v.Up, v.Down, strings.Join(why, ", "))
}

// disliked are the paragraphs that answers voted down cite most often.
func disliked(v access.View, votes store.Votes) []article.Passage {
	var out []article.Passage
	for _, c := range votes.Cited {
		i := slices.IndexFunc(v.Documents, func(d article.Document) bool { return d.Slug == c.Ref.Slug })
		if i >= 0 && c.Down >= leastDislike && c.Down > c.Up && c.Ref.N <= len(v.Documents[i].Passages) &&
			len(out) < maxDisliked {
			out = append(out, v.Documents[i].Passages[c.Ref.N-1])
		}
	}
	return out
}

// sayComment shows what somebody wrote with a vote, and what the answer cited.
func sayComment(r *commands.Reply, p lang.Printer, v access.View, c store.Comment) {
	text := p.Text("A comment on an answer: “%s”", commands.Clip(commands.OneLine(c.Text), commentRunes))
	if c.Reason != "" {
		text = p.Text("A comment on an answer (%s): “%s”", p.Fixed(c.Reason),
			commands.Clip(commands.OneLine(c.Text), commentRunes))
	}
	var cites []article.Ref
	for _, passage := range v.Passages(c.Cites) {
		if slices.ContainsFunc(v.Documents, func(d article.Document) bool { return d.Slug == passage.Ref.Slug }) &&
			len(cites) < maxDisliked {
			cites = append(cites, passage.Ref)
			r.Source(passage)
		}
	}
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Small, Text: text, Cites: cites})
}

// AnswerParam names an answer that was given.
const AnswerParam = "answer"
