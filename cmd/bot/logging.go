package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// newLogger logs at the level that was set; else at debug with -v, info when serving, and warnings otherwise: why a
// model did not answer is worth a line, what went well is not. Whatever is logged, the secrets that the program
// knows are not in it.
func newLogger(w io.Writer, c config, serving, verbose bool) *slog.Logger {
	level := slog.LevelWarn
	switch {
	case c.logLevelSet:
		level = c.logLevel
	case verbose:
		level = slog.LevelDebug
	case serving:
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: redactor(c.discordToken, c.openAIKey, c.webToken,
		c.database, c.databasePassword())}
	if c.logJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// redactor takes secrets out of messages and attributes; nil where there are none. An error that holds one is
// logged as its text.
func redactor(secrets ...secret) func(groups []string, a slog.Attr) slog.Attr {
	var pairs []string
	for _, s := range secrets {
		if s != "" {
			pairs = append(pairs, s.reveal(), s.String())
		}
	}
	if pairs == nil {
		return nil
	}
	hide := strings.NewReplacer(pairs...)
	return func(_ []string, a slog.Attr) slog.Attr {
		var text string
		switch v := a.Value.Resolve(); v.Kind() {
		case slog.KindString:
			text = v.String()
		case slog.KindAny:
			text = fmt.Sprint(v.Any())
		default: // numbers and times
			return a
		}
		if hidden := hide.Replace(text); hidden != text {
			a.Value = slog.StringValue(hidden)
		}
		return a
	}
}
