package timeline

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestParseBound(t *testing.T) {
	now := time.Date(2022, 4, 28, 15, 4, 5, 0, time.UTC) // a Thursday
	for _, c := range []struct{ typed, want string }{
		{"2021", "2021-01-01/2021-12-31"},
		{" 2000 ", "2000-01-01/2000-12-31"},
		{"0476", "0476-01-01/0476-12-31"},
		{"December 2021", "2021-12-01/2021-12-31"},
		{"december 2021", "2021-12-01/2021-12-31"},
		{"dec 2021", "2021-12-01/2021-12-31"},
		{"Dec. 2021", "2021-12-01/2021-12-31"},
		{"may 2020", "2020-05-01/2020-05-31"},
		{"may", "2021-05-01/2021-05-31"},
		{"march", "2022-03-01/2022-03-31"},
		{"2022-04-16", "2022-04-16"},
		{"2022-4-6", "2022-04-06"},
		{"2022-04", "2022-04-01/2022-04-30"},
		{"16.4.2022", "2022-04-16"},
		{"16 april 2022", "2022-04-16"},
		{"april 16, 2022", "2022-04-16"},
		{"April 16", "2022-04-16"},
		{"feb 29 2024", "2024-02-29"},
		{"4/16/2022", "2022-04-16"},
		{"16/4/2022", "2022-04-16"},
		{"Q2 2021", "2021-04-01/2021-06-30"},
		{"q2 2021", "2021-04-01/2021-06-30"},
		{"1990s", "1990-01-01/1999-12-31"},
		{"the 1990s", "1990-01-01/1999-12-31"},
		{"19th century", "1800-01-01/1899-12-31"},
		{"summer 2019", "2019-06-01/2019-08-31"},
		{"last year", "2021-01-01/2021-12-31"},
		{"last month", "2022-03-01/2022-03-31"},
		{"last week", "2022-04-18/2022-04-24"},
		{"yesterday", "2022-04-27"},
		{"today", "2022-04-28"},
		{"two weeks ago", "2022-04-14"},
		{"since 2019", "2019-01-01/2019-12-31"},
		{"2019-2021", "2019-01-01/2021-12-31"},
		{"monday", "2022-04-25"},
		{"mon", "2022-04-25"},
		{"im Mai 2021", "2021-05-01/2021-05-31"},
		{"3. mai 2021", "2021-05-03"},
		{"mayo de 2021", "2021-05-01/2021-05-31"},
		{"letzte woche", "2022-04-18/2022-04-24"},
		{"monday morning", "2022-04-25"},
		{"in dec 2021", "2021-12-01/2021-12-31"},
		{"before may 2020", "2020-05-01/2020-05-31"},
	} {
		start, end, err := ParseBound(c.typed, now)
		got := Date{Start: start, End: end, Precision: Range}.String()
		if err != nil || got != c.want {
			t.Errorf("ParseBound(%q) = %s, %v; want %s", c.typed, got, err, c.want)
		}
	}
	for _, typed := range []string{"", "soon", "2021-13", "2022-02-30", "feb 30 2021", "0000", "banana 2021",
		"2021 and what", "12",
		"recent years", "every monday", "2021 foo", "dec 2021 x", "im", "foo mai 2021", "0000-01-01", "1.1.0000", "letzten",
		"20210", "2021th", "12 2021", strings.Repeat("2021 ", 100), "\xff\xfe", "@everyone", "three weeks"} {
		if start, end, err := ParseBound(typed, now); !errors.Is(err, ErrBound) {
			t.Errorf("ParseBound(%q) = %s, %s, %v; want ErrBound", typed, start, end, err)
		}
	}
}
