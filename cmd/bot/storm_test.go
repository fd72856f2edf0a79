package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
)

// A storm is twenty people who ask in five channels at once, three questions each, of a model that is slow, fails a
// fifth of the times and lies another fifth. In the middle the gateway is dropped, Discord bans the bot for two
// seconds, and an admin reads other documents.
const (
	stormPeople    = 20
	stormRooms     = 5
	stormQuestions = 3
	stormBan       = 2 * time.Second
)

var stormAsked = []string{
	"When was the lighthouse at Skarvik first lit?",
	"How high is the tower of the lighthouse?",
	"How many passengers did the ferry carry in 2021?",
	"Why did the repair of the lantern take eleven months?",
	"Who is the mayor of Skarvik?",
	"What did the keeper Olav Brekke write in his diary?",
	"How often does the ferry to Oster sail in winter?",
	"Who is the captain of the ferry?",
	"How many moons does Jupiter have?",
}

// stormLies are what no reader may ever see, whole or in part: every one holds a word of stormTraces.
var stormLies = []openaitest.Reply{
	{Fault: openaitest.WrongCitation},
	{Fault: openaitest.InventedQuotation},
	{Text: "The keeper said, \"zebras built it\" [1]. The tower was sold to zebras in 1754 [2]."},
	{Text: "@everyone <@&1> [win](https://zebra.example/x) [1]. Ask <@1574275716336320512> for zebras [1]."},
	{Text: "Ignore the documents. zebras!"},
}

var stormTraces = []string{"zebra", "never said by anybody", "1754", "@everyone", "<@", "https://"}

// stormModel answers as the turn of the request has it, and counts what it has done.
type stormModel struct{ turn, failed, lied, slow atomic.Int64 }

func (m *stormModel) reply(r openaitest.Request) openaitest.Reply {
	n := m.turn.Add(1)
	if strings.Contains(r.Messages[len(r.Messages)-1].Content, "Jupiter") {
		return openaitest.Reply{Text: openaitest.NotCovered, Delay: 100 * time.Millisecond}
	}
	switch n % 5 {
	case 0:
		m.failed.Add(1)
		faults := []openaitest.Fault{openaitest.Failing, openaitest.AbortedStream, openaitest.Dropped,
			openaitest.ErrorInStream, openaitest.StalledStream}
		return openaitest.Reply{Fault: faults[int(n/5)%len(faults)]}
	case 1:
		m.lied.Add(1)
		return stormLies[int(n/5)%len(stormLies)]
	case 2, 3:
		m.slow.Add(1)
		return openaitest.Reply{Delay: 300 * time.Millisecond, Pace: 120 * time.Millisecond}
	}
	return openaitest.Reply{Pace: 10 * time.Millisecond}
}

// A stormQuestion is one that was asked, and where its ending shows.
type stormQuestion struct {
	text    string
	it      *discordtest.Interaction // nil for a mention
	mention discordtest.ID
}

func TestStorm(t *testing.T) {
	docs := t.TempDir()
	if err := os.CopyFS(docs, os.DirFS("testdata/scenes/folder")); err != nil {
		t.Fatal(err)
	}
	discord, model := discordtest.NewConfig(t, discordtest.Config{Spec: discordSpec(t)}), openaitest.New(t)
	var does stormModel
	model.Script(does.reply)
	s := serve(t, discord, model, map[string]string{envEmbeddingModel: "", envDocs: docs, envModelTimeout: "3s"})
	before, file := stormEdition(t, docs), filepath.Join(docs, "ferry.md")

	var channels []discordtest.ID
	for n := range stormRooms {
		channels = append(channels, discord.AddChannel(discord.Guild(), fmt.Sprint("room-", n)))
	}
	half := make(chan struct{})
	var asked atomic.Int64
	var people sync.WaitGroup
	questions := make([][]stormQuestion, stormPeople)
	for n := range stormPeople {
		people.Go(func() {
			for k := range stormQuestions {
				q, err := stormAsk(t, discord, channels[(n+k)%stormRooms], n, k)
				if err != nil {
					t.Errorf("%s: %v", q.text, err)
				}
				questions[n] = append(questions[n], q)
				if asked.Add(1) == stormPeople*stormQuestions/2 {
					close(half)
				}
			}
		})
	}
	select {
	case <-half:
	case <-time.After(3 * patience):
		t.Fatal("half of the questions are not answered in time")
	}
	discord.Drop()
	ban := discord.Fault(discordtest.Match{}, discordtest.Fault{Status: 429, Global: true, RetryAfter: stormBan, Times: 1})
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), "61,000", "64,200")), 0o600); err != nil {
		t.Fatal(err)
	}
	reload := discord.Admin().Slash(discord.General(), "reload")
	people.Wait()
	if _, err := discord.WaitAnswer(reload, patience); err != nil {
		t.Error("reload:", err)
	}
	after := stormEdition(t, docs)
	if r := s.stopped(t); r.code != exitOK {
		t.Errorf("exit code %d", r.code)
	}

	answered := 0
	for _, list := range questions {
		for _, q := range list {
			answered += q.judge(t, discord, before, after)
		}
	}
	stormScreens(t, discord, channels)
	if ban.Hits() != 1 || discord.Resumes() == 0 {
		t.Errorf("%d bans, %d sessions resumed", ban.Hits(), discord.Resumes())
	}
	t.Logf("%d requests of the model: %d failed, %d lied, %d slow; %d of %d questions answered from the documents; %d "+
		"requests refused "+
		"by a rate limit", does.turn.Load(), does.failed.Load(), does.lied.Load(), does.slow.Load(), answered,
		stormPeople*stormQuestions, discord.RateLimited())
	if answered < stormPeople*stormQuestions*2/3 || does.failed.Load() < 5 || does.lied.Load() < 5 {
		t.Error("this was no storm, or too few were answered")
	}
}

// stormAsk asks, by command or by mention in turn, and waits for more than a stage of the answer.
func stormAsk(t *testing.T, discord *discordtest.Server, room discordtest.ID, n, k int) (stormQuestion, error) {
	who := discord.User(fmt.Sprint("Person", n))
	q := stormQuestion{text: stormAsked[(n*stormQuestions+k)%len(stormAsked)]}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	if (n+k)%2 == 0 {
		q.it = who.Slash(room, "ask", discordtest.Opt("question", q.text))
		_, err := q.it.WaitUntil(ctx, func(m []discordtest.Message) bool { return len(m) > 0 && ending(m[0]) })
		return q, err
	}
	q.mention = who.Mention(room, q.text)
	_, err := discord.WaitMessage(room, 2*patience, func(m discordtest.Message) bool {
		return m.Author.Bot && m.Reference != nil && m.Reference.MessageID == q.mention && ending(m)
	})
	return q, err
}

// ending tells an answer from a stage of one.
func ending(m discordtest.Message) bool {
	return !m.Loading() && !strings.Contains(m.Text(), "reading them now") &&
		!strings.Contains(m.Text(), "checking the rest")
}

// judge wants one ending for the question, and each sentence in it to stand in the paragraph that it cites, all in one
// edition. It returns 1 where the documents answered.
func (q stormQuestion) judge(t *testing.T, discord *discordtest.Server, editions ...stormTexts) int {
	t.Helper()
	var endings []discordtest.Message
	if q.it != nil {
		endings = q.it.Messages()
	} else {
		asked, _ := discord.Message(q.mention)
		for _, m := range discord.Messages(asked.ChannelID) {
			if m.Author.Bot && m.Reference != nil && m.Reference.MessageID == q.mention {
				endings = append(endings, m)
			}
		}
	}
	if len(endings) != 1 || !ending(endings[0]) {
		t.Errorf("%q has %d endings", q.text, len(endings))
		return 0
	}
	content := endings[0].Text()
	for _, e := range editions {
		if e.bears(content) {
			if strings.Contains(content, "documents do not say") {
				return 0
			}
			return 1
		}
	}
	t.Errorf("%q: no edition bears this out:\n%s", q.text, content)
	return 0
}

// stormTexts are the paragraphs of an edition, by document.
type stormTexts map[string][]string

func stormEdition(t *testing.T, dir string) stormTexts {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"ferry.md", "lighthouse.md"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	corpus, err := article.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	texts := stormTexts{}
	for _, d := range corpus.Documents() {
		for _, p := range d.Passages {
			texts[d.Title] = append(texts[d.Title], p.Text)
		}
	}
	return texts
}

var (
	stormCite  = regexp.MustCompile(`\[(?:([^\[\]¶]+) )?¶(\d+)\]`)
	stormPlain = strings.NewReplacer(`\`, "", "**", "", "> ", "")
)

// bears tells whether all that is said and cited stands in the paragraphs. It is written without the program's own
// check: each sentence in front of a citation has to be there, letter for letter.
func (e stormTexts) bears(content string) bool {
	var body []string
	for line := range strings.Lines(content) {
		if !strings.HasPrefix(line, "-# ") {
			body = append(body, strings.TrimSpace(line))
		}
	}
	text := strings.Join(body, " ")
	from := 0
	for _, m := range stormCite.FindAllStringSubmatchIndex(text, -1) {
		said := strings.TrimSpace(stormPlain.Replace(text[from:m[0]]))
		from = m[1]
		if said == "" {
			continue // two citations of one sentence
		}
		if !e.stands(said, text[max(0, m[2]):max(0, m[3])], text[m[4]:m[5]]) {
			return false
		}
	}
	rest := strings.TrimSpace(text[from:])
	return from > 0 && rest == "" || from == 0 && rest == "The documents do not say."
}

func TestStormTexts(t *testing.T) {
	e := stormTexts{"The mill": {"It grinds. It was built in 1742.", "It rests."}, "The pond": {"It is deep."}}
	for content, want := range map[string]bool{
		"It was built in 1742. [¶1]": true, "-# Question: When?\n\nIt was built in 1742. [The mill ¶1] It rests. [¶2]\n-# " +
			"The mill: ¶1": true,
		"It was built in 1743. [¶1]": false, "It was built in 1742. [¶2]": false,
		"It was built in 1742. [The pond ¶1]": false,
		"It was built in 1742.":               false, "It rests. [¶2] It is deep.": false,
		"The documents do not say.\n-# Nearest: [¶1]": true, "": false,
	} {
		if e.bears(content) != want {
			t.Errorf("%q: %v", content, !want)
		}
	}
}

// stands tells whether a sentence is in that paragraph of that document; of any where no title is named.
func (e stormTexts) stands(said, title, number string) bool {
	for name, paragraphs := range e {
		for i, text := range paragraphs {
			if (title == "" || title == name) && fmt.Sprint(i+1) == number && strings.Contains(text, said) {
				return true
			}
		}
	}
	return false
}

// stormScreens looks at all that was ever shown, stages too.
func stormScreens(t *testing.T, discord *discordtest.Server, channels []discordtest.ID) {
	t.Helper()
	for _, room := range channels {
		for _, m := range discord.Messages(room) {
			if !m.Author.Bot {
				continue
			}
			for _, look := range m.Edits {
				for _, trace := range stormTraces {
					if strings.Contains(look.Content, trace) {
						t.Errorf("what the model made up was shown: %q", look.Content)
					}
				}
			}
		}
	}
	for _, p := range discord.Pings() {
		if strings.HasPrefix(p.Who, "@") || strings.HasPrefix(p.Who, "&") {
			t.Errorf("%s was notified", p.Who)
		}
	}
}
