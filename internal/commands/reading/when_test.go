package reading

import (
	"testing"
	"time"

	"pilcrow/internal/lang"
	"pilcrow/internal/timeline"
)

func TestWhen(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		from, to  string
		precision timeline.Precision
		yearless  bool
		want      string
	}{
		{"2022-04-16", "2022-04-16", timeline.Day, false, "16 April 2022"},
		{"2021-08-01", "2021-08-31", timeline.Month, false, "August 2021"},
		{"0871-11-07", "0871-11-07", timeline.Day, false, "7 November 871"},
		{"1893-01-01", "1893-12-31", timeline.Year, false, "1893"},
		{"1990-01-01", "1999-12-31", timeline.Decade, false, "1990s"},
		{"2020-01-01", "2022-12-31", timeline.Range, false, "2020–2022"},
		{"2021-04-01", "2021-06-30", timeline.Range, false, "April – June 2021"},
		{"2021-12-01", "2022-02-28", timeline.Range, false, "December 2021 – February 2022"},
		{"2022-04-11", "2022-04-17", timeline.Range, false, "11 April – 17 April 2022"},
		{"2020-04-28", "2022-04-28", timeline.Range, false, "28 April 2020 – 28 April 2022"},
		{"2000-04-16", "2000-04-16", timeline.Day, true, "16 April, year not given"},
		{"2000-08-01", "2000-08-31", timeline.Month, true, "August, year not given"},
		{"2000-05-01", "2000-07-31", timeline.Range, true, "May – July, year not given"},
		{"2000-05-02", "2000-05-09", timeline.Range, true, "2 May – 9 May, year not given"},
	} {
		d := timeline.Date{Start: day(c.from), End: day(c.to), Precision: c.precision, Yearless: c.yearless}
		if got := when(lang.Printer{}, d); got != c.want {
			t.Errorf("%v: %q, want %q", d, got, c.want)
		}
	}
}
