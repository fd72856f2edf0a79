package web

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
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
}

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
	registry *prometheus.Registry
	commands *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// NewMetrics counts what Observe is told, and reads the rest.
func NewMetrics(read func() Numbers) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		commands: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pilcrow_commands_total",
			Help: "Commands by how they ended."},
			[]string{"command", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pilcrow_command_seconds",
			Help:    "How long commands took.",
			Buckets: []float64{.005, .02, .05, .1, .3, 1, 3, 10, 30, 60, 100}}, []string{"command"}),
	}
	m.registry.MustRegister(m.commands, m.took, collectors.NewGoCollector())
	for _, g := range []struct {
		name, help string
		of         func(n Numbers) float64
	}{
		{"pilcrow_documents", "Documents that everybody shares.", func(n Numbers) float64 { return float64(n.Documents) }},
		{"pilcrow_paragraphs", "Their paragraphs.", func(n Numbers) float64 { return float64(n.Paragraphs) }},
		{"pilcrow_tokens_today", "Tokens of all models since midnight UTC.",
			func(n Numbers) float64 { return float64(n.TokensToday) }},
		{"pilcrow_memory_bytes", "Memory in use.", func(n Numbers) float64 { return float64(n.MemoryUsed) }},
		{"pilcrow_memory_limit_bytes", "Memory that may be used; 0 for unknown.",
			func(n Numbers) float64 { return float64(n.MemoryLimit) }},
		{"pilcrow_commands_running", "Commands that run now.", func(n Numbers) float64 { return float64(n.Running) }},
		{"pilcrow_degraded", "Parts that do not work just now.", func(n Numbers) float64 { return float64(n.Degraded) }},
		{"pilcrow_discord_connected", "1 while the gateway is connected.", func(n Numbers) float64 {
			if n.Connected {
				return 1
			}
			return 0
		}},
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: g.name, Help: g.help},
			func() float64 { return g.of(read()) }))
	}
	for _, c := range []struct {
		name, help string
		of         func(n Numbers) int64
	}{
		{"rate_limited", "Requests that Discord answered with 429.", func(n Numbers) int64 { return n.RateLimited }},
		{"interactions", "Commands, clicks and forms that came.", func(n Numbers) int64 { return n.Interactions }},
		{"acknowledged", "Those that were acknowledged in time.", func(n Numbers) int64 { return n.Acknowledged }},
	} {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "pilcrow_discord_" + c.name + "_total", Help: c.help}, func() float64 { return float64(c.of(read())) }))
	}
	m.registry.MustRegister(shards(func() []Shard { return read().Shards }))
	return m
}

// Observe counts a command. Its name must be one of the table's.
func (m *Metrics) Observe(command, outcome string, took time.Duration) {
	m.commands.WithLabelValues(command, outcome).Inc()
	m.took.WithLabelValues(command).Observe(took.Seconds())
}

// Handler writes them.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}
