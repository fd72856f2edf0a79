package commands

import (
	"context"
	"encoding/json"
	"fmt"
)

func (t *Table) privacy() Command {
	return Command{
		Name:    "privacy",
		Summary: "Say what is stored, for how long, and what is sent where",
		Only:    Chat,
		Private: true,
		Run:     t.runPrivacy,
	}
}

func (t *Table) runPrivacy(context.Context, Input) (Reply, error) {
	var r Reply
	lines := t.privacyLines()
	for _, l := range lines {
		r.Blocks = append(r.Blocks, Block{Kind: Para, Text: l})
	}
	r.JSON = privacyJSON{lines}
	return r, nil
}

// privacyLines say what becomes of what people write.
func (t *Table) privacyLines() []string {
	sent := "Nothing that you ask leaves the computer that I run on, except to Discord."
	if t.outside != "" {
		sent = "Your questions, what was said before a follow-up, and the paragraphs found for them, are sent to " + t.outside + ". Your name is not."
	}
	return []string{
		"On disk I keep the documents' vectors, and nothing of yours: no question, no answer, no user id.",
		fmt.Sprintf("In memory I keep the last %s questions with their answers for an hour, to answer the same one again, without who asked; "+
			"and for %s answers what was left out of them. How often you have asked is counted by your user id until you may ask "+
			"as much as ever again. A restart forgets all of it.", thousands(maxRemembered), thousands(maxAnswers)),
		"For a follow-up I read the messages before it from Discord when it is asked, and keep none of them.",
		sent,
		"So there is nothing of yours to delete here. My messages can be deleted in Discord by those who may.",
	}
}

type privacyJSON struct {
	Lines []string `json:"lines"`
}

func (j privacyJSON) MarshalJSON() ([]byte, error) {
	type plain privacyJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
