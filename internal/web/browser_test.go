package web

import (
	"context"
	"image/color"
	"image/png"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A real browser shows the page at the cited paragraph, on a phone and on a desk, and prints it. PILCROW_BROWSER names
// one of Chromium's family.
func TestBrowser(t *testing.T) {
	browser := os.Getenv("PILCROW_BROWSER")
	if browser == "" {
		t.Skip("PILCROW_BROWSER names no browser")
	}
	h := newHouse(t)
	s := httptest.NewServer(h)
	defer s.Close()
	address := strings.Replace(h.Links.Permalink(Citation{Passage: h.passage(t, h.shared, "mill", 1), Bold: "0-8"}),
		"https://read.example", s.URL, 1)
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	run := func(args ...string) {
		t.Helper()
		common := []string{"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
			"--user-data-dir=" + filepath.Join(dir, "profile")}
		if out, err := exec.CommandContext(ctx, browser,
			append(append(common, args...), address)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for _, size := range []string{"500,900", "1400,900"} { // the headless browser is at least 500 wide
		shot := filepath.Join(dir, size+".png")
		run("--window-size="+size, "--screenshot="+shot)
		f, err := os.Open(shot)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		cited, marked := 0, 0
		for y := range picture.Bounds().Dy() {
			for x := range picture.Bounds().Dx() {
				switch color.NRGBAModel.Convert(picture.At(x, y)) {
				case color.NRGBA{0xff, 0xf8, 0xe1, 0xff}:
					cited++
				case color.NRGBA{0xff, 0xe0, 0x8a, 0xff}:
					marked++
				}
			}
		}
		if cited < 1000 || marked < 100 {
			t.Errorf("%s: %d pixels of the cited paragraph, %d of the marked words", size, cited, marked)
		}
	}
	pdf := filepath.Join(dir, "page.pdf")
	run("--print-to-pdf=" + pdf)
	if data, err := os.ReadFile(pdf); err != nil || !strings.HasPrefix(string(data), "%PDF") {
		t.Errorf("no PDF: %v", err)
	}
}
