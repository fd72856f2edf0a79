package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

const maxDotenvBytes = 64 << 10 // .env: a few dozen short lines

// withDotenv returns getenv with the variables of the file behind it: what the environment sets wins. A missing file is
// no error. An error names the line and never repeats it: lines of such a file hold secrets.
func withDotenv(getenv func(string) string, path string) (func(string) string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return getenv, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxDotenvBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxDotenvBytes {
		return nil, fmt.Errorf("%s: longer than %d bytes: that is not a list of settings", path, maxDotenvBytes)
	}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	file, err := godotenv.Unmarshal(text)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: want NAME=value", path, badLine(text))
	}
	return func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return file[name]
	}, nil
}

// badLine finds the first line, from 1, that cannot be read by itself.
func badLine(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if _, err := godotenv.Unmarshal(line); err != nil {
			return n
		}
	}
	return max(n, 1)
}
