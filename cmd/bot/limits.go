package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/discord/limits"
)

// Bounds of a limit on questions.
const (
	noLimit       = "off"
	maxLimitCount = 1_000_000
	minLimitTime  = time.Second
	maxLimitTime  = 24 * time.Hour
)

// What may be asked in Discord, unless the environment says otherwise.
var (
	defaultPersonLimit = limits.Rate{Count: 200, Per: 10 * time.Minute}
	defaultServerLimit = limits.Rate{Count: 1000, Per: 10 * time.Minute}
	defaultBotLimit    = limits.Rate{Count: 5000, Per: 10 * time.Minute}
	defaultClickLimit  = limits.Rate{Count: 60, Per: time.Minute}
	defaultShareLimit  = limits.Rate{Count: 5, Per: time.Minute}
)

// limit reads "20/10m": twenty questions, and twenty more in ten minutes; "off" is no limit.
func limit(bad *problems, name, value string, fallback limits.Rate) limits.Rate {
	switch value {
	case "":
		return fallback
	case noLimit:
		return limits.Rate{}
	}
	count, per, _ := strings.Cut(value, "/")
	n, err := strconv.Atoi(count)
	d, err2 := time.ParseDuration(per)
	if err != nil || err2 != nil || n < 1 || n > maxLimitCount || d < minLimitTime || d > maxLimitTime {
		bad.add(name, fmt.Sprintf("want questions/time such as 20/10m, 1 to %d in %v to %v, or off; got %q",
			maxLimitCount, minLimitTime, maxLimitTime, value))
		return fallback
	}
	return limits.Rate{Count: n, Per: d}
}
