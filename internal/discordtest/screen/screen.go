// Package screen draws messages as Discord shows them, for the pictures in the README: the payloads that the fake has
// recorded, in Discord's dark theme. It knows the part of Discord's markup that a bot's texts use.
//
// The Go fonts have Latin, Greek and Cyrillic letters; the few signs that they have not are drawn by hand, and the rest
// is an empty box.
package screen

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"

	"pilcrow/internal/discordtest"
)

// An Item is one thing on the screen, below the one before.
type Item struct {
	Who     string               // the person who does it, or to whom the bot answers
	Says    string               // a message of the person's
	Uses    string               // a command, as the line above the bot's message names it: "/ask"
	Message *discordtest.Message // of the bot's
	Form    *discordtest.Modal
}

const (
	maxHeight = 4000 // pixels: what is longer is no picture for a page
	maxColors = 56   // of a PNG with a palette: enough for the edges of letters, and half as large as 256
)

// PNG draws the items, 1200 pixels wide and as high as they need. The same items give the same bytes.
func PNG(w io.Writer, items []Item) error {
	p, err := newPainter(maxHeight)
	if err != nil {
		return err
	}
	p.y = margin
	for _, it := range items {
		p.item(it)
	}
	height := int(p.y + margin/2)
	if height > maxHeight {
		return fmt.Errorf("the screen is %d pixels high, more than %d", height, maxHeight)
	}
	img := fewColors(p.dc.Image(), image.Rect(0, 0, width, height))
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(w, img); err != nil {
		return fmt.Errorf("write a screen: %w", err)
	}
	return nil
}

// fewColors keeps the most frequent colors of a picture and puts the nearest of them for the others, which are shades
// at the edges of letters.
func fewColors(img image.Image, r image.Rectangle) *image.Paletted {
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA {
		red, green, blue, _ := img.At(x, y).RGBA()
		return color.RGBA{uint8(red >> 8), uint8(green >> 8), uint8(blue >> 8), 0xff} //nolint:gosec // 8 bits are left
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var colors []color.RGBA
	for c := range count {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var shades color.Palette
	for _, c := range append(theme(), colors...) { // a small thing keeps its color, too
		if count[c] > 0 && len(shades) < maxColors {
			shades = append(shades, c)
			count[c] = 0
		}
	}
	out := image.NewPaletted(r, shades)
	index := map[color.RGBA]uint8{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(x, y)
			n, known := index[c]
			if !known {
				n = uint8(shades.Index(c)) //nolint:gosec // below 256
				index[c] = n
			}
			out.SetColorIndex(x, y, n)
		}
	}
	return out
}
