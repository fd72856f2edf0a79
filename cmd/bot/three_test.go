package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// A trio is three bots that part sixteen shards, and who stands by for one of them, in processes of their own on one
// database.
type trio struct {
	t       *testing.T
	discord *discordtest.Server
	houses  []discordtest.ID // a channel in a server of each shard
	servers []discordtest.ID
	env     map[string]string
	asked   []discordtest.ID
}

const (
	trioShards = 16
	trioPeople = 40 // who ask: one person alone may not have so many questions in hand
)

// process begins a bot for some of the shards.
func (c *trio) process(shards string) *victim {
	c.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	v := &victim{t: c.t, discord: c.discord, exe: exe, dir: c.t.TempDir()}
	env := maps.Clone(c.env)
	env[envData], env[envShards], env["HOME"] = c.t.TempDir(), shards, c.t.TempDir()
	for name, value := range env {
		v.env = append(v.env, name+"="+value)
	}
	v.begin()
	c.t.Cleanup(func() {
		_ = v.command.Process.Kill() // it has ended if all went well
		_ = v.command.Wait()
		if c.t.Failed() {
			c.t.Logf("%s:\n%s", shards, v.log.String())
		}
	})
	return v
}

// online waits until all shards are connected.
func (c *trio) online() {
	c.t.Helper()
	if !waitFor(func() bool { return c.discord.ShardsOnline(trioShards) }) {
		c.t.Fatal("not all shards are connected")
	}
}

// ask asks in the houses of some shards.
func (c *trio) ask(question string, first, last int) (asked []discordtest.ID) {
	for _, house := range c.houses[first : last+1] {
		person := c.discord.User(fmt.Sprint("Person ", len(c.asked)%trioPeople))
		asked = append(asked, person.Mention(house, question))
		c.asked = append(c.asked, asked[len(asked)-1])
	}
	return asked
}

// askFor asks in all houses, rounds times, each time something else.
func (c *trio) askFor(rounds int, question string) (asked []discordtest.ID) {
	for range rounds {
		asked = append(asked, c.ask(fmt.Sprintf("%s Ada asks, %d.", question, len(c.asked)), 0, trioShards-1)...)
	}
	return asked
}

// shares are how many shards those processes have that share them, in order.
func (c *trio) shares() (has []int) {
	c.t.Helper()
	kept, err := store.Config{URL: c.env[envDatabase]}.Open(c.t.TempDir())
	if err != nil {
		c.t.Fatal(err)
	}
	defer kept.Close()
	all, err := kept.Processes(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, p := range all {
		if p.Shares {
			has = append(has, len(p.Shards))
		}
	}
	slices.Sort(has)
	return has
}

// answered waits until each question has an answer that says something.
func (c *trio) answered(asked []discordtest.ID, says string) {
	c.t.Helper()
	for i, id := range asked {
		m, err := c.discord.WaitReply(id, patience)
		if err != nil || !strings.Contains(m.Text(), says) {
			c.t.Fatalf("question %d: %q, %v, want %q", i, m.Text(), err, says)
		}
	}
}

// ended waits until each question has an ending: an answer that says something, or the request to ask again.
func (c *trio) ended(asked []discordtest.ID, says string) (again int) {
	c.t.Helper()
	for i, id := range asked {
		m, err := c.discord.WaitReply(id, patience)
		switch {
		case err == nil && strings.Contains(m.Text(), "Please ask again."):
			again++
		case err != nil || !strings.Contains(m.Text(), says):
			c.t.Errorf("question %d of those that were cut off: %q, %v", i, m.Text(), err)
		}
	}
	return again
}

// endings counts those of the only command of a channel: where it was asked, or as a message, if it was too late for
// that.
func (c *trio) endings(house discordtest.ID, it *discordtest.Interaction) (n int) {
	ends := func(m discordtest.Message) bool {
		return strings.Contains(m.Text(), "1871") || strings.Contains(m.Text(), "Please ask again.")
	}
	for _, m := range it.Messages() {
		if ends(m) {
			n++
		}
	}
	for _, m := range c.discord.Messages(house) {
		if m.Author.Bot && m.Reference == nil && m.Interaction == nil && ends(m) {
			n++
		}
	}
	return n
}

// build gives each server a document of its own.
func (c *trio) build(metres int) {
	c.t.Helper()
	kept, err := store.Config{URL: c.env[envDatabase]}.Open(c.t.TempDir())
	if err != nil {
		c.t.Fatal(err)
	}
	defer kept.Close()
	text := fmt.Appendf(nil, "# Towers\n\nThe tower of Brattholm is %d metres high and has a red lamp.\n", metres)
	for _, server := range c.servers {
		if _, err := kept.Apply(c.t.Context(), store.Edit{Server: string(server), At: time.Now(), Action: "add",
			Slug: "towers", Title: "Towers", Content: &store.Content{State: store.State{Path: "towers.md", Title: "Towers",
				Paragraphs: 1, Name: "towers.md"}, TextData: text, Data: text}}); err != nil {
			c.t.Fatal(err)
		}
	}
}

// towers asks each server how high its tower is, until the answer is that.
func (c *trio) towers(metres int) {
	c.t.Helper()
	for shard := range c.houses {
		says := fmt.Sprintf("%d metres", metres)
		if !waitFor(func() bool {
			asked := c.ask(fmt.Sprintf("How high is the tower of Brattholm, Ada asks in %d?", len(c.asked)), shard, shard)
			m, err := c.discord.WaitReply(asked[0], patience)
			return err != nil || strings.Contains(m.Text(), says)
		}) {
			c.t.Fatalf("shard %d does not say %s", shard, says)
		}
	}
}

// Three processes part the shards of a bot. Documents change, one process is killed and replaced by who stands by, and
// one is restarted while it is asked: each question has one ending, and no document is lost.
func TestThreeProcesses(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip(storetest.Env + " names no server")
	}
	if testing.Short() {
		t.Skip("it takes until a process is taken for dead")
	}
	unlimited := discordtest.Bucket{Requests: -1}
	discord := discordtest.NewConfig(t, discordtest.Config{Message: unlimited, Webhook: unlimited, Concurrency: trioShards,
		Global: -1})
	data := t.TempDir()
	c := &trio{t: t, discord: discord, env: map[string]string{envDiscordToken: discord.Token(),
		envDiscordAPIURL: discord.URL(), envDocs: folder(t), envDatabase: storetest.URL(t, data)}}
	for shard := range trioShards {
		server, house := discord.AddGuildOn(fmt.Sprint("House ", shard), shard, trioShards)
		c.servers, c.houses = append(c.servers, server), append(c.houses, house)
	}
	const lit, year = "When was the lighthouse at Skarvik lit?", "1871"
	first, second, third := c.process("0-5/16"), c.process("6-10/16"), c.process("11-15/16")
	c.online()
	c.answered(c.ask(lit, 0, 15), year)
	c.build(40)
	c.towers(40)
	spare := c.process("6-10/16")
	if !waitFor(func() bool { return strings.Contains(spare.log.String(), "waiting for it to end") }) {
		t.Fatal("it does not stand by")
	}

	others := append(c.ask(lit, 0, 5), c.ask(lit, 11, 15)...)
	cutOff := c.ask(lit, 6, 10)
	typed := map[discordtest.ID]*discordtest.Interaction{}
	for _, house := range c.houses[6:11] {
		typed[house] = discord.User("Ada").Slash(house, "ask", discordtest.Opt("question", lit))
	}
	discord.Forgive(discordtest.RuleInteraction) // what is dead acknowledges nothing
	second.end(syscall.SIGKILL)
	c.answered(others, year)
	c.build(50)
	c.online()
	c.towers(50)
	c.answered(c.ask(lit, 0, 15), year)
	again := c.ended(cutOff, year)
	for house, it := range typed {
		if !waitFor(func() bool { return c.endings(house, it) == 1 }) {
			t.Errorf("a command has %d endings: %+v, %v", c.endings(house, it), it.Messages(), discord.Messages(house))
		}
	}

	next := c.process("0-5/16") // a rolling restart
	if !waitFor(func() bool { return strings.Contains(next.log.String(), "waiting for it to end") }) {
		t.Fatal("it does not stand by")
	}
	asked := c.ask(lit, 0, 5)
	go func() { _ = first.command.Process.Signal(syscall.SIGTERM) }() // it is waited for below
	for n := range 10 {
		asked = append(asked, c.ask(fmt.Sprintf("%s Ada asks, %d.", lit, n), 0, 5)...)
	}
	c.answered(asked, year)
	if err := first.command.Wait(); err != nil {
		t.Errorf("%v", err)
	}
	c.online()
	c.towers(50)

	free := c.process("auto") // it has the shards that nobody else has, and shares them with who comes next
	if !waitFor(func() bool { return strings.Contains(free.log.String(), "serves=none") }) {
		t.Fatal("it does not wait for shards")
	}
	go func() { _ = third.command.Process.Signal(syscall.SIGTERM) }() // it is waited for below
	asked = c.askFor(10, lit)
	if err := third.command.Wait(); err != nil {
		t.Errorf("%v", err)
	}
	partner := c.process("auto")
	asked = append(asked, c.askFor(10, lit)...)
	if !waitFor(func() bool { return slices.Equal(c.shares(), []int{2, 3}) }) {
		t.Errorf("those that share have %v shards", c.shares())
	}
	c.answered(asked, year)
	c.online()
	c.towers(50)

	for _, v := range []*victim{spare, next, free, partner} {
		v.end(syscall.SIGTERM)
	}
	replies := map[discordtest.ID]int{}
	for _, house := range c.houses {
		for _, m := range discord.Messages(house) {
			if m.Author.Bot && m.Reference != nil {
				replies[m.Reference.MessageID]++
			}
		}
	}
	for _, id := range c.asked {
		if replies[id] > 1 {
			t.Errorf("a question has %d endings", replies[id])
		}
	}
	if missing := len(c.asked) - len(replies); missing > 0 {
		t.Errorf("%d questions have no ending", missing)
	}
	t.Logf("%d questions; of %d at the moment of the kill %d are to be asked again", len(c.asked), len(cutOff), again)
}
