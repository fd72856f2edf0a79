package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"pilcrow/internal/article/articletest"
)

// program is the program that is measured: PILCROW_BOT, such as a release build, or else the one of the tests.
func program(b *testing.B) string {
	b.Helper()
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	return cmp.Or(os.Getenv("PILCROW_BOT"), exe)
}

// asked runs a command of the program with these settings alone, and says how long it ran, and what it took.
func asked(b *testing.B, env []string, args ...string) (took time.Duration, used *syscall.Rusage) {
	b.Helper()
	var out strings.Builder
	c := exec.CommandContext(b.Context(), program(b), args...)
	c.Args[0] = "bot" // testscript.Main runs main under this name
	c.Dir, c.Env, c.Stdout, c.Stderr = b.TempDir(), env, &out, &out
	began := time.Now()
	if err := c.Run(); err != nil && c.ProcessState.ExitCode() != exitNothing {
		b.Fatalf("%v: %s", err, out.String())
	}
	return time.Since(began), c.ProcessState.SysUsage().(*syscall.Rusage)
}

// BenchmarkLarge asks a folder of 10,000 paragraphs, and with PILCROW_LARGE of 100,000, without a setting: what the
// process takes of memory at its peak, and how long it is to the first answer, when nothing is known of the documents,
// and when they were read before.
func BenchmarkLarge(b *testing.B) {
	for _, paragraphs := range []int{10_000, 100_000} {
		if paragraphs > 10_000 && os.Getenv("PILCROW_LARGE") == "" {
			continue
		}
		b.Run(fmt.Sprint(paragraphs), func(b *testing.B) {
			docs := b.TempDir()
			texts, err := articletest.WriteNews(docs, paragraphs)
			if err != nil {
				b.Fatal(err)
			}
			sentence, _, _ := strings.Cut(texts[len(texts)/2], ". ")
			question := "What " + strings.TrimPrefix(sentence, "The ") + "?"
			for b.Loop() {
				env := []string{envDocs + "=" + docs, envData + "=" + b.TempDir()}
				for _, start := range []string{"cold", "warm"} {
					took, used := asked(b, env, "ask", question)
					b.ReportMetric(float64(used.Maxrss)/1000, "MB-peak-"+start) // Linux: KiB
					b.ReportMetric(took.Seconds(), "s-answer-"+start)
					b.ReportMetric(time.Duration(used.Utime.Nano()+used.Stime.Nano()).Seconds(), "s-cpu-"+start)
				}
			}
		})
	}
}

// BenchmarkAsk asks the built-in document, in turn with the table of word vectors and without it: what the table costs
// who asks one question.
func BenchmarkAsk(b *testing.B) {
	var with, without []time.Duration
	for b.Loop() {
		for _, way := range []struct {
			to  *[]time.Duration
			env []string
		}{{&with, nil}, {&without, []string{envEmbeddingModel + "=" + noModel}}} {
			_, used := asked(b, way.env, "ask", "Why did Pakistan strike eastern Afghanistan?")
			*way.to = append(*way.to, time.Duration(used.Utime.Nano()+used.Stime.Nano()))
		}
	}
	b.ReportMetric(milliseconds(median(with)), "ms-cpu-table")
	b.ReportMetric(milliseconds(median(without)), "ms-cpu-words")
}
