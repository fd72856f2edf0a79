package answers

import (
	"context"
	"errors"
	"time"

	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/followup"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// ReadAs returns what stands, in any language, before a question as it was understood, in the small print of its
// answer. What reads a conversation back finds the question behind it.
func ReadAs() []string { return lang.Beginnings("Read as: %s") }

// Nearest returns how, in any language, the small print begins that names the nearest paragraphs of a question that the
// documents do not answer.
func Nearest() []string {
	return append(lang.Beginnings("Nearest in “%s”:"), lang.Beginnings("Nearest:")...)
}

// standAlone makes the question of a conversation stand alone. Nothing of the conversation is kept.
func (t *Table) standAlone(ctx context.Context, v access.View, question string,
	turns []followup.Turn) (followup.Rewrite,
	error) {
	if len(turns) == 0 {
		return followup.Rewrite{Text: question}, nil
	}
	var names followup.Names
	all, err := t.reading.Cast.Take(ctx, v.Edition, v.Documents)
	if err != nil {
		return followup.Rewrite{}, err
	}
	for _, k := range all {
		if k.Institution {
			names.Bodies = append(append(names.Bodies, k.Name), k.Aliases...)
		} else {
			names.People = append(names.People, k.Name)
		}
	}
	return followup.StandAlone(question, turns, names), nil
}

// rewriteTimeout bounds what a model may take to make a question stand alone: the reader waits for it before anything
// is found.
const rewriteTimeout = 5 * time.Second

// rewrite has the model make the question stand alone, where there is one and the rules say that it leans on the
// conversation. What the model makes of it is asked only if it says nothing that nobody said; else the rules' reading
// stands.
func (t *Table) rewrite(ctx context.Context, r followup.Rewrite, question string, turns []followup.Turn) string {
	if t.Rewriter == nil || r.More || r.Paragraph {
		return r.Text
	}
	ctx, cancel := context.WithTimeout(ctx, rewriteTimeout)
	defer cancel()
	text, err := t.Rewriter(ctx, question, turns)
	switch {
	case errors.Is(err, rag.ErrBudget): // said once a day by who counts
	case err != nil:
		t.Logger.Warn("no rewrite of a question from the model", "error", err)
	case !followup.Faithful(text, question, turns):
		t.Logger.Info("the model's rewrite of a question is not used: it is not what was asked")
	default:
		return text
	}
	return r.Text
}

// query is what the engine is asked for a question of the conversation, and how the question was read; "" for as it is.
func (t *Table) query(ctx context.Context, v access.View, question string, turns []followup.Turn) (q ask.Query,
	readAs string,
	err error) {
	q = v.Query(question)
	r, err := t.standAlone(ctx, v, question, turns)
	if err != nil || !r.Changed {
		return q, "", err
	}
	r.Text = t.rewrite(ctx, r, question, turns)
	q.Text = r.Text
	if r.More {
		q.Without = r.Near
		return q, r.Text, nil
	}
	q.Near = r.Near
	if slug := excerpt.OneSlug(r.Near); slug != "" && q.Documents == nil && r.Paragraph {
		if _, ok := v.Edition.Corpus.Document(slug); ok {
			q.Documents = []string{slug}
		}
	}
	return q, r.Text, nil
}
