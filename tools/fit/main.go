// Command fit finds the numbers that internal/rag and internal/local rank and refuse by, and says how they do.
//
// It reads measuring data that is not part of the repository, from the folder that PILCROW_SHARED names: questions
// about encyclopedia articles (SQuAD 2.0) and questions of real people with the passage that answers (ClapNQ). Both
// are split by article, with a seed: numbers are chosen on the development half alone, and both halves are reported.
//
//	go run ./tools/fit -embedder table weight
//	go run ./tools/fit -embedder http://127.0.0.1:8080/v1 -model all-minilm weight extract evidence
//
// find fits nothing and says how well is found, beside plain BM25. weight chooses how much the cosine counts in a
// ranking, extract how much the ranking counts among sentences, rank the weights of what else tells a sentence that
// answers (with our own casual questions that may be looked at), topic the weight of a heading that is near among the
// evidence (with those alone), evidence the weights of what says whether passages answer. doubts chooses the weights
// of the doubts about a draft's sentences, on the project's own drafts with odd ids:
//
//	bot eval internal/eval/testdata/drafts/*.jsonl --recorded --judge none --signals --ids odd --json |
//		go run ./tools/fit doubts
//
// What it prints is put into the code by hand: rag/evidence/fitted.go, rag/evidence/evidence.go,
// local/extract.go, local/features.go, claim/doubt.go.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"pilcrow/internal/local"
	"pilcrow/internal/openai"
	"pilcrow/internal/rag"
	"pilcrow/internal/static"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// A fit is one run of the program.
type fit struct {
	data     data
	embedder rag.Embedder
	meaning  rag.Meaning // what ranks where weight does not choose
	out      io.Writer

	falseRefusals float64 // of the development half
	gapWeight     float64 // of a question that its document does not answer
	gate          string
}

// The parts of the half that nothing is chosen on.
const (
	gateSeen  = "seen"
	gateBlind = "blind"
	gateAll   = "all"
)

func run(ctx context.Context, args []string, getenv func(string) string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("fit", flag.ContinueOnError)
	embedder := flags.String("embedder", "hash", "`what` makes the vectors: hash, table, or the address of an "+
		"OpenAI-compatible server")
	model := flags.String("model", "", "the server's embedding `model`")
	weight := flags.Float64("weight", -1, "share of the cosine for extract and evidence; below 0: as shipped for the "+
		"kind of embedder")
	seed := flags.Uint64("seed", 1, "of the split")
	falseRefusals := flags.Float64("false-refusals", 0.03,
		"share of the answered questions of the development half that may be refused; other articles are harder: there it "+
			"is up to twice as many")
	gaps := flags.Float64("gaps", 0.5, "weight of a question that was made up to look like its document, which does "+
		"not answer "+
		"it: what the features see little of must not cost what they do see")
	gate := flags.String("gate", gateSeen, "what of the half that nothing is chosen on evidence reports: `which` is "+
		"seen, "+
		"blind (a third of all documents, for the end) or all")
	every := flags.Int("every", 1, "take every n-th question, for a quick look")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 1 && flags.Arg(0) == "doubts" {
		return doubts(in, *seed, out)
	}
	shared := getenv("PILCROW_SHARED")
	if shared == "" {
		return errors.New("PILCROW_SHARED: want the folder with the measuring data")
	}
	f := &fit{out: out, falseRefusals: *falseRefusals, gapWeight: *gaps, gate: *gate}
	if !slices.Contains([]string{gateSeen, gateBlind, gateAll}, f.gate) {
		return fmt.Errorf("-gate: want seen, blind or all, got %q", f.gate)
	}
	var err error
	if f.data, err = load(shared, *seed, *every); err != nil {
		return err
	}
	switch {
	case *embedder == "hash":
		f.embedder, f.meaning = local.NewEmbedder(), rag.WordsAlone()
	case *embedder == "table":
		f.embedder, f.meaning = static.New(), rag.StaticTable()
	case strings.HasPrefix(*embedder, "http"):
		server, err := openai.NewEmbedder(openai.Config{BaseURL: *embedder, EmbeddingModel: *model,
			Key: openai.Key(getenv("OPENAI_API_KEY"))})
		if err != nil {
			return err
		}
		f.embedder, f.meaning = server, rag.SentenceModel()
	default:
		return fmt.Errorf("-embedder: want hash, table or an address, got %q", *embedder)
	}
	f.embedder = &remembering{Embedder: f.embedder, known: map[remembered][]float32{}}
	if *weight >= 0 {
		f.meaning.Weight = *weight
	}
	if flags.NArg() == 0 {
		return errors.New("say what to fit: find, weight, extract, rank, topic, evidence")
	}
	for _, what := range flags.Args() {
		switch what {
		case "weight":
			err = f.fitWeight(ctx)
		case "extract":
			err = f.fitExtract(ctx)
		case "rank":
			err = f.fitRank(ctx)
		case "topic":
			err = f.fitTopic(ctx)
		case "find":
			err = f.fitFind(ctx)
		case "evidence":
			err = f.fitEvidence(ctx)
		default:
			err = fmt.Errorf("%q: want find, weight, extract, rank, topic or evidence", what)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
