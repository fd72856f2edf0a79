package event

import (
	"encoding/json"
	"testing"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		name, message string
		want          bool
		question      string
	}{
		{"mention", `{"guild_id":"1","author":{"id":"2"},"mentions":[{"id":"9"}],"content":"<@9> why?"}`, true, "why?"},
		{"old mention", `{"guild_id":"1","author":{"id":"2"},"mentions":[{"id":"9"}],"content":"why <@!9>"}`, true, "why"},
		{"only a mention", `{"guild_id":"1","author":{"id":"2"},"mentions":[{"id":"9"}],"content":"<@9>"}`, true, ""},
		{"direct", `{"author":{"id":"2"},"content":" why? "}`, true, "why?"},
		{"reply", `{"guild_id":"1","type":19,"author":{"id":"2"},"referenced_message":{"author":{"id":"9"}},"content":"why?"}`, true, "why?"},
		{"reply to another", `{"guild_id":"1","type":19,"author":{"id":"2"},"referenced_message":{"author":{"id":"3"}},"content":"x"}`, false, "x"},
		{"reply to a deleted one", `{"guild_id":"1","type":19,"author":{"id":"2"},"referenced_message":null,"content":"x"}`,
			false, "x"},
		{"to all", `{"guild_id":"1","author":{"id":"2"},"mention_everyone":true,"content":"@everyone"}`, false, "@everyone"},
		{"mention of another", `{"guild_id":"1","author":{"id":"2"},"mentions":[{"id":"8"}],"content":"<@8>"}`, false,
			"@somebody"},
		{"a bot", `{"guild_id":"1","author":{"id":"2","bot":true},"mentions":[{"id":"9"}],"content":""}`, false, ""},
		{"a webhook", `{"webhook_id":"4","author":{"id":"2"},"mentions":[{"id":"9"}],"content":""}`, false, ""},
		{"itself", `{"author":{"id":"9"},"content":"x"}`, false, "x"},
		{"somebody joins", `{"guild_id":"1","type":7,"author":{"id":"2"},"mentions":[{"id":"9"}],"content":""}`, false, ""},
		{"nobody", `{"content":"x"}`, false, "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m Message
			if err := json.Unmarshal([]byte(c.message), &m); err != nil {
				t.Fatal(err)
			}
			if got := m.Addresses("9"); got != c.want || m.Question("9") != c.question {
				t.Errorf("%t %q, want %t %q", got, m.Question("9"), c.want, c.question)
			}
		})
	}
}
