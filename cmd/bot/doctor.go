package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

const doctorTimeout = 20 * time.Second // for each server that is asked

// A checkup prints one line for each thing that was looked at: ✓ works, ✗ does not and what to do, ! works and could
// be better, – not set up.
type checkup struct {
	app    *app
	failed bool
}

func (c *checkup) line(mark, style, what, text string) {
	for i, part := range strings.Split(text, "\n") {
		head := fmt.Sprintf("%s %-14s", c.app.page().paint(mark, style), what)
		if i > 0 {
			head = strings.Repeat(" ", 16)
		}
		fmt.Fprintln(c.app.stdout, head, clean(part))
	}
}

func (c *checkup) good(what, text string) { c.line("✓", "32", what, text) }
func (c *checkup) none(what, text string) { c.line("–", styleDim, what, text) }
func (c *checkup) warn(what, text string) { c.line("!", "33", what, text) }
func (c *checkup) bad(what, text string) {
	c.failed = true
	c.line("✗", "31", what, text)
}

// report marks what works with ✓ and what does not with ✗.
func (c *checkup) report(what, text string, err error) {
	if err != nil {
		c.bad(what, strings.Join(admin.Problems(err), "\n"))
		return
	}
	c.good(what, text)
}

// doctor checks everything that can be wrong before the bot goes live, in the order in which it is used. The exit
// code is 1 if something is.
func (a *app) doctor(ctx context.Context) int {
	c := &checkup{app: a}
	c.report("configuration", "every variable can be read", a.configErr)
	if a.configErr != nil {
		return exitNothing // the rest would be checked with settings that nobody made
	}
	c.memory()
	c.surroundings(time.Now())
	if c.data(ctx); c.failed && a.config.keeps() {
		return exitNothing // nothing can be done without
	}
	var err error
	if a.looks, err = a.storeConfig().Fresh(ctx, a.config.data); err != nil {
		return exitNothing // it was said
	}
	p, err := a.assemble(ctx, a.config.dataSet && !a.looks)
	if err != nil {
		c.bad("wiring", err.Error())
		return exitNothing
	}
	defer p.Close()
	c.models(ctx, p)
	c.documents(ctx, p)
	c.discord(ctx)
	if c.failed {
		return exitNothing
	}
	return exitOK
}

// memory says what the program may take, and what this machine or its control group gives.
func (c *checkup) memory() {
	most, gives := c.app.config.memory, budget.Default()*2
	text := fmt.Sprintf("%s for the program; the documents of one server may take %s", budget.Size(most),
		budget.Size(budget.New(most).Share()))
	var err error
	if most > gives {
		err = fmt.Errorf("%s is %s, and this machine or container gives about %s: lower it", envMemory, budget.Size(most),
			budget.Size(gives))
	}
	c.report("memory", text, err)
}

// models asks each model that is configured for the least that shows that it works.
func (c *checkup) models(ctx context.Context, p *parts) {
	ctx, cancel := context.WithTimeout(ctx, 3*doctorTimeout)
	defer cancel()
	config := c.app.config
	door := article.Passage{Ref: article.Ref{Slug: "door", N: 1}, Title: "The door", Text: "The door is green."}
	if config.embedding.none() {
		c.none("embedding", "none: paragraphs are found by their words; without "+envEmbeddingModel+"="+noModel+
			" the table in the program finds by meaning, too")
	} else {
		model := config.embedding.name()
		if config.embedding.remote() {
			model += " at " + config.embedding.sentTo(config)
		}
		began := time.Now()
		vectors, err := p.embedder.Embed(ctx, rag.Question, []string{"Does this work?"})
		text := ""
		if err == nil {
			text = fmt.Sprintf("%s: %d dimensions, %s", model, len(vectors[0]), time.Since(began).Round(time.Millisecond))
		}
		c.report("embedding", text, err)
		if err == nil && config.embedding.remote() { // a table reads a text of any length
			c.window(ctx, p.embedder)
		}
	}
	if config.chatModel == "" {
		c.none("chat model", "none: answers are sentences of the documents; "+envChatModel+" names a model that writes them")
		return
	}
	began := time.Now()
	_, err := p.generator.Generate(ctx, rag.Request{Question: "What color is the door?",
		Passages: []article.Passage{door}})
	c.report("chat model", fmt.Sprintf("%s at %s: answered in %s", config.chatModel, config.openAIBaseURL,
		time.Since(began).Round(time.Millisecond)), err)
	if config.judgeModel == "" {
		c.none("judging model", "none: rules alone check what the chat model writes; "+envJudgeModel+
			" names a model that reads it, too")
		return
	}
	began = time.Now()
	told, err := review.Examine(ctx, p.judge)
	text := fmt.Sprintf("%s at %s: told %d of %d known pairs apart in %s", config.judgeModel, config.openAIBaseURL, told,
		review.ExamPairs,
		time.Since(began).Round(time.Millisecond))
	switch {
	case err == nil && told < review.ExamPass && config.judgeForced:
		c.none("judging model", text+fmt.Sprintf("; fewer than %d, and used because of %s=force", review.ExamPass, envJudge))
	case err == nil && told < review.ExamPass:
		c.bad("judging model", text+fmt.Sprintf("; fewer than %d, so it is not used: name another in %s, or none",
			review.ExamPass, envJudgeModel))
	default:
		c.report("judging model", text, err)
	}
}

// documents loads them, and finds one paragraph by its own words.
func (c *checkup) documents(ctx context.Context, p *parts) {
	report, err := c.app.load(ctx, p)
	if err != nil {
		c.bad("documents", strings.Join(admin.Problems(err), "\n"))
		return
	}
	c.good("documents", fmt.Sprintf("%d with %d paragraphs (%v)", report.Documents, report.Passages, p.source))
	if report.Problems != nil {
		c.bad("documents", "left out, see the warnings")
	}
	for passage := range p.engine.Edition().Corpus.Passages() {
		text := passage.Text[:article.Sentences(passage.Text)[0].End]
		found, err := p.engine.Find(ctx, ask.Query{Text: text, K: 1})
		if err == nil && len(found) == 0 {
			err = errors.New("a paragraph's own first sentence finds nothing")
		}
		c.report("index", "a paragraph is found by its own words", err)
		return
	}
}

func (c *checkup) api() discordAPI {
	return discordAPI{client: &http.Client{Timeout: doctorTimeout}, url: c.app.config.discordAPIURL,
		token: c.app.config.discordToken}
}

// maxSkew is how far the clock may be from Discord's: what is clicked is of use for fifteen minutes.
const maxSkew = time.Minute

// skew says how far the clock is from Discord's.
func (c *checkup) skew(by time.Duration) {
	if by.Abs() > maxSkew {
		c.bad("time", fmt.Sprintf("the clock is %s from Discord's: set it (NTP)", by.Round(time.Second)))
		return
	}
	c.good("time", "the clock agrees with Discord's")
}

// gateway says how many connections there will be, and how often they may be begun today.
func (c *checkup) gateway(g discordGateway, err error) {
	shards, of := c.app.config.shards, g.Limit
	text := fmt.Sprintf(
		"%s=%s; Discord recommends %d; %d of %d sessions may be begun today",
		envShards,
		shards,
		max(g.Shards, 1),
		of.Remaining,
		of.Total,
	)
	switch {
	case err != nil:
		c.bad("shards", err.Error())
	case of.Total > 0 && of.Remaining <= 0:
		again := (time.Duration(of.ResetAfter) * time.Millisecond).Round(time.Minute)
		c.bad("shards", fmt.Sprintf("%s: the bot cannot connect for %s. Find out what started it so often", text, again))
	case !shards.Auto() && shards.Count < g.Shards:
		c.warn("shards", fmt.Sprintf("%s: set %s to auto, or to at least that", text, envShards))
	default:
		c.good("shards", text)
	}
}

// discord asks who the token belongs to.
func (c *checkup) discord(ctx context.Context) {
	if c.app.config.discordToken == "" {
		c.none("Discord", envDiscordToken+" is not set; bot serve needs it")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, doctorTimeout)
	defer cancel()
	api := c.api()
	user, err := api.me(ctx)
	c.report("Discord", "logged in as "+user.Username, err)
	if err != nil {
		return
	}
	if at, ok := api.clock(ctx); ok {
		c.skew(time.Since(at))
	}
	gateway, err := api.gateway(ctx)
	c.gateway(gateway, err)
	n, err := api.registered(ctx)
	c.report("commands", fmt.Sprintf("%d are registered", n), err)
	application, err := api.application(ctx)
	c.report("invite", application.invite(), err)
	if err == nil {
		c.talk(application)
	}
}
