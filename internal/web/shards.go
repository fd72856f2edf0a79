package web

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// shards collects what is known of each shard, when it is asked for.
type shards func() []Shard

var shardMetrics = []struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	of   func(s Shard) float64
}{
	{shardDesc("connected", "1 while the shard is connected."), prometheus.GaugeValue, func(s Shard) float64 {
		if s.Connected {
			return 1
		}
		return 0
	}},
	{shardDesc("latency_seconds", "From the last heartbeat to its acknowledgment."), prometheus.GaugeValue,
		func(s Shard) float64 { return s.Latency.Seconds() }},
	{
		shardDesc("sessions_total", "Sessions that the shard began."),
		prometheus.CounterValue,
		func(s Shard) float64 { return float64(s.Sessions) },
	},
	{
		shardDesc("resumes_total", "Sessions that the shard resumed."),
		prometheus.CounterValue,
		func(s Shard) float64 { return float64(s.Resumed) },
	},
}

func shardDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("pilcrow_discord_shard_"+name, help, []string{"shard"}, nil)
}

// Describe implements prometheus.Collector.
func (shards) Describe(to chan<- *prometheus.Desc) {
	for _, m := range shardMetrics {
		to <- m.desc
	}
}

// Collect implements prometheus.Collector.
func (read shards) Collect(to chan<- prometheus.Metric) {
	for _, s := range read() {
		for _, m := range shardMetrics {
			to <- prometheus.MustNewConstMetric(m.desc, m.kind, m.of(s), strconv.Itoa(s.ID))
		}
	}
}
