package budget

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// units are the suffixes of a size, with their bytes. Of two that end alike the longer one stands first.
var units = []struct {
	suffix string
	bytes  int64
}{
	{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"GIB", 1 << 30}, {"TIB", 1 << 40},
	{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12},
	{"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"T", 1 << 40},
	{"B", 1}, {"", 1},
}

var errSize = errors.New("want a size such as 256MiB, 1GiB or a number of bytes")

// ParseSize reads a number of bytes as people write it: "256MiB", "1.5 GiB", "512MB", "268435456". A letter alone
// counts as docker and systemd count it: 256M are 256 MiB.
func ParseSize(s string) (int64, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.suffix)
		if !ok {
			continue
		}
		number = strings.TrimSpace(number)
		if number == "" || strings.Trim(number, "0123456789.") != "" { // no sign, no exponent, no "inf"
			return 0, errSize
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, errSize
		}
		if n *= float64(u.bytes); n >= math.MaxInt64 {
			return 0, errSize
		}
		return int64(n), nil
	}
	return 0, errSize
}

// Size writes a number of bytes for people: "12 MB". Below a megabyte it is "under 1 MB".
func Size(bytes int64) string {
	switch {
	case bytes < 1e6:
		return "under 1 MB"
	case bytes < 1e10:
		return fmt.Sprintf("%d MB", (bytes+5e5)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
}
