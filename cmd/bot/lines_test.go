package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Columns of a screen, about: Discord's text in a window of 1,200 pixels, and on a telephone of 390.
const (
	wideScreen  = 110
	phoneScreen = 45
)

var (
	botSays  = regexp.MustCompile(`^Pilcrow(?: to \w+)?(?: \(only \w+ sees this\))?: (.*)$`)
	addressy = regexp.MustCompile(`\(<https?:[^)]*>\)`)
	markings = strings.NewReplacer("**", "", `\`, "")
)

// TestLines counts the lines that an answer takes on the screen: text as it breaks, empty lines, and rows of
// buttons. They were a median of 6 before an answer was one row below its text (on a telephone 7).
func TestLines(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/scenes/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenes:", err)
	}
	for _, c := range []struct {
		name          string
		columns, most int
	}{{"a wide screen", wideScreen, 3}, {"a telephone", phoneScreen, 4}} {
		var answers, all []int
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range saidByBot(string(data)) {
				n := linesOf(m, c.columns)
				all = append(all, n)
				if isAnswer(m) {
					answers = append(answers, n)
				}
			}
		}
		t.Logf("%s: %d answers, lines at the median %d, on average %.1f; of all %d messages %d and %.1f", c.name,
			len(answers),
			median(answers), mean(answers), len(all), median(all), mean(all))
		if len(answers) < 40 || median(answers) > c.most {
			t.Errorf("%s: %d answers take %d lines at the median, want at most %d", c.name, len(answers), median(answers),
				c.most)
		}
	}
}

// saidByBot are the messages of the bot's in a scene, by lines.
func saidByBot(scene string) (out [][]string) {
	scene, _, _ = strings.Cut(scene, "\n-- ")
	open := false
	for line := range strings.SplitSeq(scene, "\n") {
		said := botSays.FindStringSubmatch(line)
		switch {
		case said != nil:
			out, open = append(out, []string{said[1]}), true
		case strings.HasPrefix(line, "  (in its place)"):
			open = false
		case open && (line == "" || strings.HasPrefix(line, "  ")):
			out[len(out)-1] = append(out[len(out)-1], strings.TrimPrefix(line, "  "))
		default:
			open = false
		}
	}
	for i, m := range out {
		for len(m) > 1 && m[len(m)-1] == "" {
			m = m[:len(m)-1]
		}
		out[i] = m
	}
	return out
}

// isAnswer tells whether a message answers a question: it says which, or can be voted on or told to the admins.
func isAnswer(m []string) bool {
	return strings.HasPrefix(m[0], "-# Question") || slices.ContainsFunc(m, func(l string) bool {
		return strings.Contains(l, "[👍]") || strings.Contains(l, "[Tell the admins]")
	})
}

func linesOf(m []string, columns int) int {
	n := 0
	for _, l := range m {
		for _, mark := range []string{"-# ", "### ", "> "} {
			l = strings.TrimPrefix(l, mark)
		}
		n += max(1, (utf8.RuneCountInString(markings.Replace(addressy.ReplaceAllString(l, "")))+columns-1)/columns)
	}
	return n
}

func mean(list []int) float64 {
	sum := 0
	for _, n := range list {
		sum += n
	}
	return float64(sum) / float64(max(1, len(list)))
}
