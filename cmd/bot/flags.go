package main

import (
	"strings"

	"github.com/alecthomas/kong"

	"pilcrow/internal/commands"
)

// flags is the command line. A test holds it against the command table: each command there that a terminal offers has
// its subcommand here, with its parameters.
type flags struct {
	Docs     *string `placeholder:"DIR" help:"Folder of documents (default: PILCROW_DOCS, else the one built in)."`
	Document string  `placeholder:"SLUG" help:"Only this document."`
	JSON     bool    `name:"json" help:"Print one JSON object."`
	New      bool    `name:"new" help:"Begin with the database as it is found, or a new one, though another was in its folder."`
	Verbose  bool    `short:"v" help:"Say on standard error what is done and how long it takes."`

	Version kong.VersionFlag `name:"version" help:"Print the version."`

	Serve     struct{}       `cmd:"" default:"1" help:"Run the Discord bot (the default)."`
	Ask       askFlags       `cmd:"" help:"Answer a question with cited paragraphs."`
	Find      findFlags      `cmd:"" help:"Find the nearest paragraphs with their scores."`
	Check     checkFlags     `cmd:"" help:"Hold each sentence of a text against the documents."`
	Quote     quoteFlags     `cmd:"" help:"Show who said what, word for word."`
	Timeline  timelineFlags  `cmd:"" help:"Show what happened when."`
	Summary   struct{}       `cmd:"" help:"Sum a document up in five of its sentences."`
	Who       whoFlags       `cmd:"" help:"Say who is in the documents, what they are and where they speak."`
	Paragraph paragraphFlags `cmd:"" help:"Show one paragraph with its neighbors."`
	Documents documentsFlags `cmd:"" help:"List what is loaded, or add a document."`
	Help      struct{}       `cmd:"" help:"Say what can be asked and how."`
	Web       struct{}       `cmd:"" help:"Open the documents and a page to ask on in a browser, on this machine, without Discord."`
	Eval      evalFlags      `cmd:"" help:"Measure with gold questions and print the table of results."`
	Health    healthFlags    `cmd:"" help:"Ask the bot that serves here whether it is well: for a container or a supervisor."`
	Doctor    struct{}       `cmd:"" help:"Check configuration, documents, models, index and Discord."`
	Cluster   struct{}       `cmd:"" help:"List the bots that run on this PostgreSQL: their shards, versions, and how far each is behind."`
	Usage     usageFlags     `cmd:"" help:"Say how many tokens the models took, by day, or count today from zero."`
	Model     modelFlags     `cmd:"" help:"List, add, get or remove models of word vectors."`
	Backup    backupFlags    `cmd:"" help:"Write the database and the documents into one file, while the bot runs."`
	Restore   restoreFlags   `cmd:"" help:"Put back what bot backup wrote, or a daily copy; the bot must not run."`
	Migrate   migrateFlags   `cmd:"" help:"Move what is kept into PostgreSQL, or back into a file; the bot must not run."`
}

type healthFlags struct {
	Ready bool `help:"Whether it answers, too: its documents are loaded, and it is connected to Discord."`
}

type questionFlags struct {
	Question []string `arg:"" optional:"" help:"The question. In front of words that begin with -, put --."`
	Batch    string   `placeholder:"FILE" help:"Answer many: one JSON object {id, text, document?} a line; - is standard input."`
}

type askFlags struct {
	questionFlags
	Explain bool `help:"Say how each sentence of a model's draft was judged: guards, doubts, evidence, the judge's code."`
}

type checkFlags struct {
	Explain bool `help:"Say how each sentence was judged: guards, doubts, evidence, the judge's code."`

	Text  []string `arg:"" optional:"" help:"The text. In front of words that begin with -, put --."`
	Batch string   `placeholder:"FILE" help:"Check many: one JSON object {id, text, document?} a line; - is standard input."`
}

type findFlags struct {
	questionFlags
	K string `short:"k" placeholder:"5" help:"How many paragraphs."`
}

type quoteFlags struct {
	About   []string `arg:"" optional:"" help:"What it is about, or the words as you remember them (default: everything that is quoted)."`
	Speaker string   `placeholder:"NAME" help:"Who said it; the spelling need not be right."`
}

type timelineFlags struct {
	About []string `arg:"" optional:"" help:"What the events are about (default: all)."`
	From  string   `placeholder:"DATE" help:"Not before: 2021, December 2021, 2022-04-16."`
	To    string   `placeholder:"DATE" help:"Not after."`
	PNG   *string  `name:"png" placeholder:"FILE" help:"Draw it into this file, too."`
	Dark  bool     `help:"Draw it light on dark."`

	Explain bool `help:"Say by which rule each date was read, and what it came to."`
}

type whoFlags struct {
	Name []string `arg:"" optional:"" help:"Who; the spelling need not be right (default: everybody)."`
}

type documentsFlags struct {
	List struct{} `cmd:"" default:"1" help:"List what is loaded (the default)."`
	Add  addFlags `cmd:"" help:"Add a file, an address, or a source: a Git folder, a sitemap.xml, an llms.txt."`

	Refresh refreshFlags `cmd:"" help:"Read the sources again: what changed is taken over, what is gone leaves."`
	Remove  removeFlags  `cmd:"" help:"Take a source away, with its documents."`
	Show    showFlags    `cmd:"" help:"Show a document as it was understood, or as the text it is read from."`
}

type refreshFlags struct {
	Chosen bool   `kong:"-"`
	Name   string `arg:"" optional:"" name:"name" help:"Which source (default: all)."`
	Shrink bool   `help:"Even if more than half of its pages are gone."`
}

// AfterApply is called by kong when the command is the one that was given.
func (f *refreshFlags) AfterApply() error {
	f.Chosen = true
	return nil
}

type showFlags struct {
	Name string `arg:"" name:"name" help:"Which document."`
	As   string `name:"as" enum:"blocks,markdown,original" default:"blocks" help:"As what: ${enum}."`
}

type removeFlags struct {
	Name string `arg:"" name:"name" help:"Which source."`
}

type addFlags struct {
	From      string `arg:"" name:"path|url" help:"The file, the folder of a repository, or the address."`
	Name      string `placeholder:"NAME" help:"What the document is to be called (default: the file's name, or its title)."`
	Title     string `placeholder:"TITLE" help:"Its title (default: its own)."`
	Published string `placeholder:"DAY" help:"Its day of publication, as 2022-04-28 (default: its own)."`
	Replace   bool   `help:"Put it in the place of the document of that name."`
	DryRun    bool   `name:"dry-run" help:"Only show what would be added."`

	As     string `name:"as" enum:"auto,document,git,sitemap,llms" default:"auto" help:"What it is: ${enum}."`
	Folder string `placeholder:"FOLDER" help:"Of a repository: only this folder of it."`
	Branch string `placeholder:"NAME" help:"Of a repository: this branch or tag (default: its own)."`
	Under  string `placeholder:"URL" help:"Of a site: only pages whose address begins like this."`
	Limit  int    `placeholder:"500" help:"Of a site: how many pages at most."`
}

type paragraphFlags struct {
	Number []string `arg:"" optional:"" help:"The paragraph's number, as in ¶4."`
}

type evalFlags struct {
	Gold []string `arg:"" name:"gold" help:"Files of gold records, one JSON object a line; - is standard input."`
	Min  []string `sep:"none" placeholder:"NAME=VALUE" help:"End with 1 if the measure is less. Can be given again."`
	Max  []string `sep:"none" placeholder:"NAME=VALUE" help:"End with 1 if the measure is more. Can be given again."`

	Judge    []string `placeholder:"JUDGE" help:"Of labeled drafts: none, oracle, noisy, yes, liar, or model for the configured one (default: none,oracle,noisy)."`
	IDs      string   `name:"ids" placeholder:"HALF" help:"Of labeled drafts: those whose id ends with an odd or an even number."`
	Recorded bool     `help:"Of labeled drafts: draft from the recorded passages, whatever is found, to measure the check without the search."`
	Evidence bool     `help:"Of labeled drafts: give each marker the words that bear its sentence out."`
	Signals  bool     `help:"Of labeled drafts: count each guard and doubt, and draw the curve of both rates, without a judge."`
}

type usageFlags struct {
	Show  usageShowFlags  `cmd:"" default:"withargs" help:"Say how many tokens the models took, by day (the default)."`
	Reset usageResetFlags `cmd:"" help:"Count a day from zero again, so that models are asked although its budget was used up."`
}

type usageShowFlags struct {
	Days int `placeholder:"30" default:"30" help:"How many days, newest first."`
}

type usageResetFlags struct {
	Chosen bool   `kong:"-"`
	Day    string `placeholder:"DAY" help:"Which day, as 2026-11-23 in UTC (default: today)."`
}

// AfterApply is called by kong when the command is the one that was given.
func (f *usageResetFlags) AfterApply() error {
	f.Chosen = true
	return nil
}

type modelFlags struct {
	List   struct{}         `cmd:"" default:"1" help:"List what is installed (the default)."`
	Add    modelAddFlags    `cmd:"" help:"Add a model from a folder in Model2Vec's layout."`
	Get    modelGetFlags    `cmd:"" help:"Download a model that a list describes; a download that broke off goes on."`
	Remove modelRemoveFlags `cmd:"" help:"Remove a model."`
}

type modelAddFlags struct {
	Path string `arg:"" name:"path" help:"The folder with model.safetensors, tokenizer.json and config.json."`
	Name string `placeholder:"NAME" help:"What it is to be called (default: the folder's name)."`
}

type modelGetFlags struct {
	Name string `arg:"" name:"name" help:"Which model of the list."`
	List string `placeholder:"FILE" help:"The list: JSON with addresses, sizes and SHA-256 of the files."`
}

type modelRemoveFlags struct {
	Name string `arg:"" name:"name" help:"Which model."`
}

type backupFlags struct {
	File        string `arg:"" name:"file" help:"The file to write."`
	Replace     bool   `help:"Put it in the place of a file of that name."`
	NoDocuments bool   `name:"no-documents" help:"Without the folder of documents."`
}

type restoreFlags struct {
	File        string `arg:"" name:"file" help:"The file that bot backup wrote, or one of the daily copies in the folder of data; latest is the newest of those."`
	Replace     bool   `help:"Even if there are data or documents already; they are kept beside the restored ones."`
	NoDocuments bool   `name:"no-documents" help:"Without the folder of documents."`
}

// args are the arguments of the table's command as the flags give them, and the file of a batch.
func (f *flags) args(command string) (args commands.Args, batch string) {
	args = commands.Args{}
	if f.Document != "" {
		args["document"] = f.Document
	}
	switch command {
	case "ask":
		args["question"], batch = strings.Join(f.Ask.Question, " "), f.Ask.Batch
		if f.Ask.Explain {
			args["explain"] = "true"
		}
	case "check":
		args["text"], batch = strings.Join(f.Check.Text, " "), f.Check.Batch
		if f.Check.Explain {
			args["explain"] = "true"
		}
	case "find":
		args["question"], batch = strings.Join(f.Find.Question, " "), f.Find.Batch
		if f.Find.K != "" {
			args["k"] = f.Find.K
		}
	case "quote":
		args["about"], args["speaker"] = strings.Join(f.Quote.About, " "), f.Quote.Speaker
	case "timeline":
		args["about"] = strings.Join(f.Timeline.About, " ")
		args["from"], args["to"] = f.Timeline.From, f.Timeline.To
		if f.Timeline.Dark {
			args["dark"] = "true"
		}
		if f.Timeline.Explain {
			args["explain"] = "true"
		}
	case "who":
		args["name"] = strings.Join(f.Who.Name, " ")
	case "paragraph":
		args["number"] = strings.Join(f.Paragraph.Number, " ")
	case "help":
		delete(args, "document")
	}
	return args, batch
}
