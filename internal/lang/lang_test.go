package lang

import (
	"strings"
	"testing"
	"time"
)

func TestFor(t *testing.T) {
	for wanted, want := range map[string]string{
		"de": "de", "fr": "fr", "es-ES": "es", "es-419": "es", "en-US": "en", "en-GB": "en", "ur": "ur", "ps": "ps",
		"ps-AF": "ps",
		"fa":    "fa-AF", "fa-AF": "fa-AF", "fa_AF": "fa-AF", "FA-af": "fa-AF", "prs": "fa-AF", "xx": "en", "": "en",
		"zh-CN": "en",
	} {
		if got := For(wanted).Locale(); got != want {
			t.Errorf("For(%q) is %s, want %s", wanted, got, want)
		}
	}
	if got := For("", "zh-CN", "fr", "de").Locale(); got != "fr" {
		t.Errorf("the first known locale is %s, want fr", got)
	}
	if got := (Printer{}).Locale(); got != English {
		t.Errorf("the zero printer writes %s", got)
	}
}

func TestDirection(t *testing.T) {
	for _, locale := range Locales() {
		p := For(locale)
		if got, want := p.RightToLeft(), locale == "ur" || locale == "ps" || locale == "fa-AF"; got != want {
			t.Errorf("%s: right to left is %t", locale, got)
		}
		if p.Name() == locale {
			t.Errorf("%s does not say what it calls itself", locale)
		}
	}
	// The argument cannot end the isolation that it is put into.
	if got, want := For("ur").Text("x %s y", "a\u2069b\u202ec"), "\u200fx \u2068abc\u2069 y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// What is put together of sentences keeps the marks of each.
	if got, want := For("ur").Text("x %s y", For("ur").Text("z %s", "a")),
		"x \u2068z \u2068a\u2069\u2069 y"; strings.ReplaceAll(got, "\u200f", "") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := For("ur").Isolate("Ines \u2068Holt"), "\u200f\u2068Ines Holt\u2069"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Bare(For("ur").Text("%s x", "a")); got != "a x" {
		t.Errorf("bare: %q", got)
	}
	if got, want := For("de").Text("x %s y", "a"), "x a y"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFallback: what has no translation is said in English, with its arguments.
func TestFallback(t *testing.T) {
	for locale, want := range map[string]string{"de": "No catalog has 3 of these",
		"ur": "\u200fNo catalog has 3 of these"} {
		if got := For(locale).Text("No catalog has %d of these", 3); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
	if got := For("de").Fixed("No catalog has this"); got != "No catalog has this" {
		t.Errorf("a summary without a translation: %q", got)
	}
	if got := For("de").Word("unheard"); got != "unheard" {
		t.Errorf("a command without a name: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	for locale, want := range map[string]string{"en": "12,345", "de": "12.345", "ur": "12,345", "ps": "12.345",
		"fa-AF": "12,345"} {
		if got := For(locale).Text("%d", 12345); got != want {
			t.Errorf("%s: got %q, want %q", locale, got, want)
		}
	}
}

func TestSay(t *testing.T) {
	s := Say("the paragraph says %s, not %d", "x", 1234)
	if got, want := s.String(), "the paragraph says x, not 1,234"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if s != Say("the paragraph says %s, not %d", "x", 1234) || s == Say("the paragraph says %s, not %d", "y", 1234) {
		t.Error("sentences are told apart by what they say")
	}
	if got := (Printer{}).Say(s, Sentence{}, Say("No.")); got != s.String()+" No." {
		t.Errorf("got %q", got)
	}
}

func TestDates(t *testing.T) {
	day := time.Date(2022, 4, 16, 0, 0, 0, 0, time.UTC)
	for locale, want := range map[string][5]string{
		"en":    {"16 April 2022", "16 April", "April 2022", "April", "2022s"},
		"de":    {"16. April 2022", "16. April", "April 2022", "April", "2022er-Jahre"},
		"es":    {"16 de abril de 2022", "16 de abril", "abril de 2022", "abril", "años 2022"},
		"fa-AF": {"16 اپریل 2022", "16 اپریل", "اپریل 2022", "اپریل", "دههٔ 2022"},
	} {
		p := For(locale)
		if got := [5]string{p.Day(day), p.DayMonth(day), p.MonthYear(day), p.Month(day), p.Decade(day)}; got != want {
			t.Errorf("%s: got %q, want %q", locale, got, want)
		}
	}
	for _, locale := range Locales() {
		for m := time.January; m <= time.December; m++ {
			if For(locale).Month(time.Date(2022, m, 1, 0, 0, 0, 0, time.UTC)) == "" {
				t.Errorf("%s has no name for %s", locale, m)
			}
		}
	}
}
