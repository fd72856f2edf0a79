package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A casualRecord is a question as people type it, about a loaded document, with what a person would accept: a reply
// that has one of each group of Words, nothing of MustNot, and no more sentences than Most; or, where Absent, that the
// document does not say.
type casualRecord struct {
	place
	ID       string     `json:"id"`
	Casual   string     `json:"casual"`
	Document string     `json:"document"`
	Kind     string     `json:"kind"`  // of document: news, manual, …
	Route    string     `json:"route"` // what the question should be read as; "" for any
	Words    [][]string `json:"words"`
	MustNot  []string   `json:"must_not"`
	Most     int        `json:"most"`   // 0: mostSentences
	Free     bool       `json:"free"`   // it names its subject, and is asked of all documents, too
	Absent   bool       `json:"absent"` // the document does not say
}

// mostSentences is how many a reply may have where the record does not say.
const mostSentences = 2

func (c *casualRecord) check() error {
	switch {
	case strings.TrimSpace(c.Casual) == "":
		return errors.New("casual: there is no question")
	case c.Absent == (len(c.Words) > 0):
		return errors.New("words: give what a reply must have, or absent, and not both")
	}
	return nil
}

// A Reply is what a person is shown for a question.
type Reply struct {
	Text      string
	Sentences int
	Refused   bool   // the documents do not say
	Unsure    bool   // the reader is told that it may not be what was asked
	Route     string // what the question was read as; "" for a question of the documents
}

// grade is how a person would find a reply.
type grade int

const (
	bad  grade = iota // wrong, or refused though the document says it
	fair              // it is there, with more that nobody asked for or as the nearest; or unsure of what is not there
	good
)

func (c *casualRecord) grade(r Reply) grade {
	text := norm(r.Text)
	switch lacks := func(group []string) bool { return !containsAny(text, group) }; {
	case c.Absent && r.Refused:
		return good
	case c.Absent && r.Unsure:
		return fair
	case c.Absent, slices.ContainsFunc(c.Words, lacks), len(c.MustNot) > 0 && containsAny(text, c.MustNot):
		return bad
	case r.Refused && !r.Unsure:
		return bad
	case r.Refused, r.Sentences > max(c.Most, mostSentences):
		return fair
	}
	return good
}

type casualResult struct {
	reply, all Reply
	own, every grade
}

func (r *run) casual(ctx context.Context, records []casualRecord, g *Group) error {
	g.Name, g.About = "casual", "questions as people type them, and what they are shown"
	if r.Reply == nil {
		return errors.New("casual questions are measured on replies, and nobody gives them here")
	}
	results, err := each(ctx, records, func(ctx context.Context, c casualRecord) (res casualResult, err error) {
		d, err := r.document(c.place, c.Document)
		if err != nil {
			return res, err
		}
		if res.reply, err = r.Reply(ctx, c.Casual, d.Slug); err != nil {
			return res, c.fail(err)
		}
		res.own = c.grade(res.reply)
		if c.Free {
			if res.all, err = r.Reply(ctx, c.Casual, ""); err != nil {
				return res, c.fail(err)
			}
			res.every = c.grade(res.all)
		}
		return res, nil
	})
	if err != nil {
		return err
	}
	var n, routed, free int
	var grades, among [good + 1]int
	var kinds tally
	for i, c := range records {
		s := results[i]
		grades[s.own]++
		kinds.add(c.Kind, s.own == good)
		if c.Free {
			free++
			among[s.every]++
		}
		if c.Route != "" {
			n++
			routed += one(s.reply.Route == c.Route)
		}
		g.misses(c, s.reply, s.own, "")
		if c.Free && s.every < s.own {
			g.misses(c, s.all, s.every, "of all documents: ")
		}
	}
	g.share("good", "replies that a person would accept", grades[good], len(records))
	g.share("bad", "wrong, or refused though the document says it (less is better)", grades[bad], len(records))
	g.share("among.good", "the same, asked of all documents", among[good], free)
	g.share("among.bad", "the same, asked of all documents (less is better)", among[bad], free)
	g.share("routed", "read as what they ask for, where the record says what that is", routed, n)
	kinds.kinds(g)
	return nil
}

func (g *Group) misses(c casualRecord, r Reply, found grade, where string) {
	if found == good {
		return
	}
	wanted := "not covered"
	if !c.Absent {
		groups := make([]string, len(c.Words))
		for i, w := range c.Words {
			groups[i] = strings.Join(w, " | ")
		}
		wanted = strings.Join(groups, " and ")
	}
	why := where + "wrong"
	switch {
	case found == fair && r.Refused:
		why = where + "shown as what comes nearest"
	case found == fair && !c.Absent:
		why = where + fmt.Sprintf("more than was asked: %d sentences", r.Sentences)
	case found == fair:
		why = where + "unsure"
	case r.Refused:
		why = where + "refused"
	}
	g.Misses = append(g.Misses, Miss{File: c.file, Line: c.line, ID: c.ID, What: c.Casual, Wanted: wanted, Got: r.Text,
		Why: why})
}
