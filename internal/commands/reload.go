package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/internal/article"
)

const (
	reloadTimeout = 10 * time.Minute // embedding a large folder anew
	maxProblems   = 20               // lines of trouble that a reply shows; JSON has them all
)

func (t *Table) reload() Command {
	return Command{
		Name:    "reload",
		Summary: "Read the documents again",
		Only:    Chat,
		Admin:   true,
		Private: true,
		Timeout: reloadTimeout,
		Run:     t.runReload,
	}
}

func (t *Table) runReload(ctx context.Context, _ Input) (Reply, error) {
	var r Reply
	report, err := t.engine.Reload(ctx, nil)
	if documentsFailed(err) { // the admin's own files: shown, not hidden behind a reference
		r.say(Para, "Nothing was changed: the documents that were loaded before go on answering. Mend this first:")
		r.listProblems(Problems(err))
		r.JSON = reloadJSON{Problems: Problems(err)}
		return r, nil
	}
	if err != nil {
		return Reply{}, err
	}
	if report.Changed {
		r.say(Para, fmt.Sprintf("Reloaded: %s with %s, %s to embed, %s known, in %s.",
			count(report.Documents, "document", "documents"), count(report.Passages, "paragraph", "paragraphs"),
			thousands(report.Embedded), thousands(report.Reused), report.Took.Round(time.Millisecond)))
	} else {
		r.say(Para, fmt.Sprintf("Nothing changed: %s with %s.", count(report.Documents, "document", "documents"),
			count(report.Passages, "paragraph", "paragraphs")))
	}
	r.JSON = reloadJSON{report.Changed, report.Documents, report.Passages, report.Embedded, report.Reused,
		report.Took.Milliseconds(), []string{}}
	return r, nil
}

// documentsFailed tells what is wrong with the documents from what is wrong with us.
func documentsFailed(err error) bool {
	_, file := errors.AsType[*article.FileError](err)
	return file || errors.Is(err, article.ErrNoDocuments)
}

func (r *Reply) listProblems(lines []string) {
	for _, line := range lines[:min(len(lines), maxProblems)] {
		r.say(Item, line)
	}
	if more := len(lines) - maxProblems; more > 0 {
		r.say(Small, "and "+thousands(more)+" more")
	}
}

// Problems takes joined errors apart: one line for each. It is never nil.
func Problems(err error) []string {
	if err == nil {
		return []string{}
	}
	return strings.Split(err.Error(), "\n")
}

type reloadJSON struct {
	Changed    bool     `json:"changed"`
	Documents  int      `json:"documents"`
	Paragraphs int      `json:"paragraphs"`
	Embedded   int      `json:"embedded"`
	Reused     int      `json:"reused"`
	TookMS     int64    `json:"took_ms"`
	Problems   []string `json:"problems"`
}

func (j reloadJSON) MarshalJSON() ([]byte, error) {
	type plain reloadJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
