#!/usr/bin/env bash
# go-hijri: the weekday of every date is wrong, and outside 1420 to 1449 its Umm al-Qura days are often not those of ICU
#
# Versions: github.com/hablullah/go-hijri v1.0.2 (Go), ICU 78 as Node.js 20 has it; the comparison needs Go and Node.js.
# Expected: that a date of the Umm al-Qura calendar has the weekday of the Gregorian day that it was made of, and the day that ICU has.
# Seen: the weekday that the library gives is another one for each of the days tried, so a program that prints it beside the date contradicts
#   itself. Between 1356 and 1419 AH two days in three or so are not those of ICU; from 1420 to 1449 all agree.
# For whom it matters: whoever shows Islamic dates of texts before 1999, or weekdays of any.
set -euo pipefail
command -v go >/dev/null && command -v node >/dev/null || { echo "needs go and node" && exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >days.js <<'J'
const f = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura", { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
for (let t = Date.UTC(1938, 0, 1); t < Date.UTC(2026, 0, 1); t += 31 * 864e5) {
  const p = Object.fromEntries(f.formatToParts(t).map((x) => [x.type, x.value]));
  console.log(new Date(t).toISOString().slice(0, 10), p.year, p.month, p.day);
}
J
node days.js >days.txt
cat >go.mod <<'M'
module finding

go 1.21
M
cat >main.go <<'G'
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/hablullah/go-hijri"
)

func main() {
	data, _ := os.ReadFile("days.txt")
	var days, weekdays, earlier, off, later, offLater int
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var iso string
		var y, m, d int64
		fmt.Sscan(line, &iso, &y, &m, &d)
		t, _ := time.Parse(time.DateOnly, iso)
		h, err := hijri.CreateUmmAlQuraDate(t)
		if err != nil {
			continue
		}
		days++
		if h.Weekday != t.Weekday() {
			weekdays++
		}
		differs := h.Year != y || h.Month != m || h.Day != d
		if y < 1420 {
			earlier++
			if differs {
				off++
			}
		} else {
			later++
			if differs {
				offLater++
			}
		}
	}
	fmt.Printf("%d days: another weekday for %d; before 1420 another day than ICU's for %d of %d, later for %d of %d\n",
		days, weekdays, off, earlier, offLater, later)
	if days == 0 || weekdays != days || off == 0 || offLater != 0 {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
G
GOFLAGS=-mod=mod go get github.com/hablullah/go-hijri@v1.0.2 2>/dev/null
go run .
