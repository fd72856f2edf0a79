package timeline

import "testing"

// Which year is the new one hangs on when, and of what, a text tells.
func TestNewYear(t *testing.T) {
	for _, c := range []struct{ published, text, want string }{
		{"2024-11-05", "It will reopen in the new year.", "2025-01-01/2025-12-31"},
		{"2024-11-05", "She has to pay by the new year.", "2025-01-01/2025-12-31"},
		{"2024-11-05", "Work starts in the new year, the clerk said.", "2025-01-01/2025-12-31"},
		{"2024-11-05", "It reopened in the new year.", ""},
		{"2024-07-05", "It will reopen in the new year.", "2025-01-01/2025-12-31"},
		{"2024-06-05", "It will reopen in the new year.", ""},
		{"2024-01-05", "It will reopen in the new year.", "2024-01-01/2024-12-31"},
		{"2024-02-05", "It will reopen in the new year.", ""},
		{"2024-02-05", "It reopened in the new year.", "2024-01-01/2024-12-31"},
		{"2024-06-05", "It reopened in the new year.", "2024-01-01/2024-12-31"},
		{"", "It will reopen in the new year.", ""},
		{"2024-11-05", "Die Halle soll im neuen Jahr öffnen, sagte der Rat.", "2025-01-01/2025-12-31"},
		{"2024-11-05", "Die Halle soll in einem neuen Jahr öffnen, sagte der Rat.", ""},
	} {
		context := Context{}
		if c.published != "" {
			context.Reference = date(t, c.published)
		}
		got := ""
		for _, m := range Tag(c.text, context) {
			if !m.IsZero() {
				got = m.String()
				if m.Mod != ModEarly {
					t.Errorf("%s: %q is not early", c.text, m.Phrase)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %s: %q, want %q", c.published, c.text, got, c.want)
		}
	}
}
