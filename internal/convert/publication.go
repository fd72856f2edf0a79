package convert

import (
	"regexp"
	"time"

	"pilcrow/internal/byline"
)

// takePublicationLine takes the line with the day of publication from the first blocks, where nothing else names it.
func takePublicationLine(d *draft) {
	const first = 5
	for i, b := range d.blocks[:min(len(d.blocks), first)] {
		if b.kind != para && b.kind != item {
			continue
		}
		if day, ok := byline.PublicationDay(b.text); ok && (d.published.IsZero() || d.published.Equal(day)) {
			d.published = day
			d.blocks = append(d.blocks[:i:i], d.blocks[i+1:]...)
			return
		}
	}
}

var dateInPath = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:[/-]|$)`)

// dayOfAddress is the day in an address, as many sites have it.
func dayOfAddress(address string) time.Time {
	if m := dateInPath.FindStringSubmatch(address); m != nil {
		return parseDay(m[1] + "-" + m[2] + "-" + m[3])
	}
	return time.Time{}
}
