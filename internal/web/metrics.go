package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Numbers are what the program counts of itself, read when they are asked for. None of them names a person, a server
// or a document.
type Numbers struct {
	Documents, Paragraphs   int // that everybody shares
	TokensToday             int
	MemoryUsed, MemoryLimit int64 // bytes; 0 where nobody knows
	Running                 int   // commands
	Degraded                int   // parts that do not work just now: models, embedding, the database
	Connected               bool  // with Discord's gateway, by all shards
	Shards                  []Shard
	Interactions            int64 // commands, clicks and forms that came from Discord, since the start
	Acknowledged            int64 // those that Discord took our first response to in its three seconds
	RateLimited             int64 // requests that Discord answered with 429, since the start
	Models                  []Model
}

// A Model is what was asked of one since the start.
type Model struct {
	Stage         Stage
	Calls, Failed int64
	Took          time.Duration // all calls together
}

// A Stage is what a model does for an answer.
type Stage string

// Stages of an answer that models take part in. Finding is ours, and part of a command's time.
const (
	Embedding Stage = "embedding"
	Writing   Stage = "writing"
	Judging   Stage = "judging"
)

// A Shard is one connection to Discord's gateway.
type Shard struct {
	ID                int // below a number of thousands, which the operator knows
	Connected         bool
	Latency           time.Duration // of a heartbeat
	Sessions, Resumed int           // since the start
}

// Outcomes of a command.
const (
	Answered = "answered"
	Nothing  = "nothing" // not covered, nothing found
	Refused  = "refused" // its caller is told why
	Failed   = "failed"
)

// Metrics are for Prometheus. They are safe for use by several goroutines.
type Metrics struct {
	set  *metrics.Set
	read func() Numbers
	help *strings.Replacer
	busy chan struct{} // holds one for each that is being written
}

const (
	commandsMetric = "pilcrow_commands_total"
	secondsMetric  = "pilcrow_command_seconds"
	withheldMetric = "pilcrow_sentences_withheld_total"
	shardMetric    = "pilcrow_discord_shard_"
	modelMetric    = "pilcrow_model_"

	maxScrapes  = 4 // at a time; ours: each stops the program for a moment, to look at its memory
	contentType = "text/plain; version=0.0.4; charset=utf-8"
)

// commandBounds are those of the histogram, in seconds: 3 is Discord's for an acknowledgment, 60 what is promised for
// an answer.
var commandBounds = []float64{.005, .02, .05, .1, .3, 1, 3, 10, 30, 60, 100}

// A figure is one of Numbers as a metric.
type figure struct {
	name, help string
	of         func(n Numbers) float64
}

var gauges = []figure{
	{"pilcrow_documents", "Documents that everybody shares.", func(n Numbers) float64 { return float64(n.Documents) }},
	{"pilcrow_paragraphs", "Their paragraphs.", func(n Numbers) float64 { return float64(n.Paragraphs) }},
	{"pilcrow_tokens_today", "Tokens of all models since midnight UTC.",
		func(n Numbers) float64 { return float64(n.TokensToday) }},
	{"pilcrow_memory_bytes", "Memory in use.", func(n Numbers) float64 { return float64(n.MemoryUsed) }},
	{"pilcrow_memory_limit_bytes", "Memory that may be used; 0 for unknown.",
		func(n Numbers) float64 { return float64(n.MemoryLimit) }},
	{"pilcrow_commands_running", "Commands that run now.", func(n Numbers) float64 { return float64(n.Running) }},
	{"pilcrow_degraded", "Parts that do not work just now.", func(n Numbers) float64 { return float64(n.Degraded) }},
	{"pilcrow_discord_connected", "1 while the gateway is connected.",
		func(n Numbers) float64 { return oneIf(n.Connected) }},
}

var counters = []figure{
	{"pilcrow_discord_rate_limited_total", "Requests that Discord answered with 429.",
		func(n Numbers) float64 { return float64(n.RateLimited) }},
	{"pilcrow_discord_interactions_total", "Commands, clicks and forms that came.",
		func(n Numbers) float64 { return float64(n.Interactions) }},
	{"pilcrow_discord_acknowledged_total", "Those that were acknowledged in time.",
		func(n Numbers) float64 { return float64(n.Acknowledged) }},
}

// A labeled is a metric of each of several parts.
type labeled[T any] struct {
	name, kind, help string
	of               func(part T) float64
}

var ofShards = []labeled[Shard]{
	{"connected", "gauge", "1 while the shard is connected.", func(s Shard) float64 { return oneIf(s.Connected) }},
	{"latency_seconds", "gauge", "From the last heartbeat to its acknowledgment.",
		func(s Shard) float64 { return s.Latency.Seconds() }},
	{"sessions_total", "counter", "Sessions that the shard began.", func(s Shard) float64 { return float64(s.Sessions) }},
	{"resumes_total", "counter", "Sessions that the shard resumed.", func(s Shard) float64 { return float64(s.Resumed) }},
}

var ofModels = []labeled[Model]{
	{"calls_total", "counter", "Calls of a model, by what it does.", func(m Model) float64 { return float64(m.Calls) }},
	{"errors_total", "counter", "Calls that failed.", func(m Model) float64 { return float64(m.Failed) }},
	{"seconds_total", "counter", "Time that calls took.", func(m Model) float64 { return m.Took.Seconds() }},
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// NewMetrics counts what Observe is told, and reads the rest.
func NewMetrics(read func() Numbers) *Metrics {
	metrics.ExposeMetadata(true) // of the library, for the whole program: each metric says of what kind it is
	m := &Metrics{set: metrics.NewSet(), read: read, busy: make(chan struct{}, maxScrapes)}
	helps := []string{}
	for name, help := range map[string]string{commandsMetric: "Commands by how they ended.",
		secondsMetric: "How long commands took.", withheldMetric: "Sentences of models that were not shown."} {
		helps = append(helps, "# HELP "+name+"\n", "# HELP "+name+" "+help+"\n")
	}
	for _, n := range slices.Concat(gauges, counters) {
		helps = append(helps, "# HELP "+n.name+"\n", "# HELP "+n.name+" "+n.help+"\n")
	}
	m.help = strings.NewReplacer(helps...)
	return m
}

// Observe counts a command, and how many sentences of its answer were withheld. Its name must be one of the table's.
func (m *Metrics) Observe(command, outcome string, took time.Duration, withheld int) {
	m.set.GetOrCreateCounter(withheldMetric).Add(withheld)
	m.set.GetOrCreateCounter(fmt.Sprintf("%s{command=%q,outcome=%q}", commandsMetric, command, outcome)).Inc()
	m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf("%s{command=%q}", secondsMetric, command), commandBounds).
		Update(took.Seconds())
}

// Handler writes them.
func (m *Metrics) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case m.busy <- struct{}{}:
			defer func() { <-m.busy }()
		default:
			http.Error(w, "others are reading the metrics: try again", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", contentType)
		var text bytes.Buffer
		m.write(&text)
		_, _ = m.help.WriteString(w, text.String())
	})
}

// write writes all metrics; the library leaves the help to us.
func (m *Metrics) write(w io.Writer) {
	m.set.WritePrometheus(w)
	n := m.read()
	for _, g := range gauges {
		metrics.WriteGaugeFloat64(w, g.name, g.of(n))
	}
	for _, c := range counters {
		metrics.WriteCounterFloat64(w, c.name, c.of(n))
	}
	writeLabeled(w, shardMetric, ofShards, n.Shards, func(s Shard) string { return fmt.Sprintf("shard=\"%d\"", s.ID) })
	writeLabeled(w, modelMetric, ofModels, n.Models, func(m Model) string { return fmt.Sprintf("stage=%q", m.Stage) })
	metrics.WriteGoMetrics(w)
}

// writeLabeled writes each metric of the parts, under its name behind the prefix.
func writeLabeled[T any](w io.Writer, prefix string, all []labeled[T], parts []T, label func(T) string) {
	if len(parts) == 0 {
		return
	}
	for _, m := range all {
		fmt.Fprintf(w, "# HELP %s%s %s\n# TYPE %[1]s%[2]s %[4]s\n", prefix, m.name, m.help, m.kind)
		for _, part := range parts {
			fmt.Fprintf(w, "%s%s{%s} %s\n", prefix, m.name, label(part), strconv.FormatFloat(m.of(part), 'g', -1, 64))
		}
	}
}
