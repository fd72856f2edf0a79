// Mutate switches the rules of a package off, one at a time, and counts how often its tests notice.
//
//	go run ./tools/mutate ./internal/quote ./internal/claim
//	go run ./tools/mutate -sample 40 -floor 85 ./internal/...
//
// A rule is a condition: of an if, of a case of a switch without a value, and each operand of && and ||; or it is a row
// of a table of structs at package level. What is switched off never holds, or, as an operand of &&, asks nothing.
// All of a package's mutants are compiled at once, into one test program, and an environment variable chooses among
// them, so that a mutant costs one run of the tests and no build. Testers that compile every mutant (gremlins,
// go-mutesting)
// take some seconds for each, and know no tables.
//
// Conditions of loops are left alone (most of their mutants never end), and so are words of lists: those are data.
// The tests run as .ci/run runs them first: -short, without PILCROW_SHARED; before them TestSamples, where a package
// has it (see internal/texttest). A mutant that makes no difference to a condition in any test is not run; it has
// survived.
//
// With -again, only those are tried that an earlier report lists, which is what this command wrote: a rule is known
// again by its file, its function and its text, wherever it has moved to. With -file, only the rules of one file are.
//
// With -with, the packages count as one, with the tests of the named package beside their own: what several packages do
// together has its cases there.
//
//	go run ./tools/mutate -with ./internal/claim ./internal/claim/...
//
// With -sample, that many of all are tried, chosen by a hash of where they stand and of -seed: a change elsewhere does
// not choose others. With -floor, the command fails when fewer percent were killed; a sample fails only when chance
// alone would leave so few less than once in a hundred times.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Environ(), os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args, env []string, out io.Writer) error {
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	sample := flags.Int("sample", 0, "how many mutants are tried, of all packages together; 0 is all")
	seed := flags.Uint64("seed", 1, "which ones -sample chooses")
	floor := flags.Float64("floor", 0, "percent that must be killed in each package, or in the sample")
	again := flags.String("again", "", "an earlier report: only what it lists is tried")
	file := flags.String("file", "", "the only file whose rules are tried, by its base name, or with its folder")
	with := flags.String("with", "", "a package whose tests are run, too; the others count as one")
	jobs := flags.Int("jobs", 1, "how many mutants are tried at once")
	timeout := flags.Duration("timeout", time.Minute, "a mutant whose tests take longer is killed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("name the packages: go run ./tools/mutate ./internal/quote")
	}
	packages, err := load(ctx, flags.Args(), *with)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }() // what is left in the temporary folder does no harm
	if *again != "" {
		if err := chooseListed(packages, *again); err != nil {
			return err
		}
	}
	if *file != "" {
		chooseFile(packages, *file)
	}
	if *sample > 0 {
		choose(packages, *sample, *seed)
	}
	r := runner{temp: temp, env: env, timeout: *timeout, jobs: max(1, *jobs)}
	for _, p := range packages {
		if err := r.try(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.ImportPath, err)
		}
	}
	return report(out, packages, *floor, *sample > 0)
}
