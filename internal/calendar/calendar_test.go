package calendar

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// TestICU holds both calendars to what ICU says of 1,200 days, which testdata/icu.mjs chose with a seed: Solar Hijri,
// Umm al-Qura, and the civil reckoning, which stands for the years that the table lacks.
func TestICU(t *testing.T) {
	f, err := os.Open("testdata/icu-days.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for lines := bufio.NewScanner(f); lines.Scan(); rows++ {
		var gregorian string
		var solar, lunar, civil [3]int
		if _, err := fmt.Sscanf(
			lines.Text(),
			"%s %d-%d-%d %d-%d-%d %d-%d-%d",
			&gregorian,
			&solar[0],
			&solar[1],
			&solar[2],
			&lunar[0],
			&lunar[1],
			&lunar[2],
			&civil[0],
			&civil[1],
			&civil[2],
		); err != nil {
			t.Fatal(err)
		}
		check := func(name string, first, last time.Time, ok bool) {
			if got := first.Format(time.DateOnly); !ok || got != gregorian || !last.Equal(first) {
				t.Errorf("%s of %q: %s (%v)", name, lines.Text(), got, ok)
			}
		}
		first, last, ok := SolarHijri(solar[0], solar[1], solar[2])
		check("Solar Hijri", first, last, ok)
		first, last, ok = Islamic(lunar[0], lunar[1], lunar[2])
		check("Islamic", first, last, ok)
		jdn := civil[2] + civilMonths(civil[1]) + (civil[0]-1)*yearOfCivil + (3+11*civil[0])/30 + islamicEpoch - 1
		day := time.Unix(int64(jdn-unixEpoch)*secondsOfDay, 0).UTC()
		check("civil", day, day, true)
	}
	if rows < 1000 {
		t.Errorf("%d days, want 1,000 or more", rows)
	}
}

// The table has each year, and each begins where the one before ended.
func TestTable(t *testing.T) {
	for year := firstTabled; year <= maxIslamic; year++ {
		first, last, ok := Islamic(year, 0, 0)
		if _, tabled := ummAlQura()[year]; !ok || !tabled {
			t.Fatalf("the year %d is not read", year)
		}
		if next, _, ok := Islamic(year+1, 1, 1); year < maxIslamic && (!ok || !next.Equal(last.AddDate(0, 0, 1))) {
			t.Errorf("%d ends on %s, the next begins on %s", year, last, next)
		}
		if days := int(last.Sub(first).Hours()/24) + 1; days != 354 && days != 355 {
			t.Errorf("%d has %d days", year, days)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		calendar         func(year, month, day int) (time.Time, time.Time, bool)
		year, month, day int
		want             string
	}{
		{SolarHijri, 1401, 1, 7, "2022-03-27 2022-03-27"},
		{SolarHijri, 1401, 1, 0, "2022-03-21 2022-04-20"},
		{SolarHijri, 1401, 0, 0, "2022-03-21 2023-03-20"},
		{SolarHijri, 1403, 12, 30, "2025-03-20 2025-03-20"}, // a leap year
		{SolarHijri, 1402, 12, 30, ""},
		{SolarHijri, 1401, 13, 1, ""},
		{SolarHijri, 1401, 0, 7, ""},
		{SolarHijri, 1199, 1, 1, ""},
		{SolarHijri, 1501, 1, 1, ""},
		{Islamic, 1444, 9, 1, "2023-03-23 2023-03-23"},
		{Islamic, 1444, 9, 0, "2023-03-23 2023-04-20"},
		{Islamic, 1, 1, 1, "0622-07-19 0622-07-19"},   // 16 July of the Julian calendar
		{Islamic, 61, 1, 10, "0680-10-13 0680-10-13"}, // 10 October of the Julian calendar
		{Islamic, 2, 12, 30, "0624-06-26 0624-06-26"}, // a leap year
		{Islamic, 1, 12, 30, ""},
		{Islamic, 0, 1, 1, ""},
		{Islamic, 1601, 1, 1, ""},
		{Islamic, 1444, 9, 30, ""},
		{Islamic, 1444, 9, -1, ""},
	} {
		first, last, ok := c.calendar(c.year, c.month, c.day)
		got := first.Format(time.DateOnly) + " " + last.Format(time.DateOnly)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf(
				"%s: %q, want %q",
				strconv.Itoa(c.year)+"-"+strconv.Itoa(c.month)+"-"+strconv.Itoa(c.day),
				got,
				c.want,
			)
		}
	}
}
