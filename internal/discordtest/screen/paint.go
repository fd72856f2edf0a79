package screen

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/png" // attachments
	"strings"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"

	"pilcrow/internal/discordtest"
)

// All measures are pixels of the picture, 1.5 times Discord's own.
const (
	width  = 1200
	margin = 30
	left   = 108 // where texts begin
	right  = width - 40

	textSize, smallSize, headSize = 24.0, 19.5, 27.0
	nameSize, buttonSize          = 24.0, 21.0
	leading                       = 1.42 // of a line, by its size
	blank                         = 15   // of an empty line
	baseline                      = 1.06 // of the size, from the top of a line

	maxPicture = 620 // width of an attached picture
	formLeft   = 170
	formRight  = width - 170
)

// Discord's dark theme.
var (
	ground    = rgb(0x313338)
	veil      = rgb(0x36393f) // behind what only one person sees
	textTone  = rgb(0xdbdee1)
	nameTone  = rgb(0xf2f3f5)
	mutedTone = rgb(0xa5a9b1)
	linkTone  = rgb(0x00a8fc)
	barTone   = rgb(0x4e5058)
	button    = rgb(0x4e5058)
	blurple   = rgb(0x5865f2)
	agree     = rgb(0x248046)
	destroy   = rgb(0xda373c)
	mentioned = rgb(0xc9cdfb)
	behind    = rgb(0x3c4270)
	dialog    = rgb(0x2b2d31)
	field     = rgb(0x1e1f22)
	yellow    = rgb(0xffcc4d)
	green     = rgb(0x57c08a)
	red       = rgb(0xed6a6d)
)

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff} //nolint:gosec // cut on purpose
}

// theme are the colors that surfaces have; people's are among them.
func theme() []color.RGBA {
	return append([]color.RGBA{ground, veil, textTone, nameTone, mutedTone, linkTone, barTone, blurple, agree, destroy,
		shade,
		mentioned, behind, dialog, field,
		yellow, green, red}, crowd...)
}

// crowd are the colors of people.
var crowd = []color.RGBA{rgb(0x3ba55c), rgb(0xc27c0e), rgb(0xa84300), rgb(0x9b59b6), rgb(0x11806a)}

type painter struct {
	dc    *gg.Context
	y     float64
	left  float64 // where lines begin and end: inside a container less than the screen
	right float64
	faces map[faceKey]font.Face
}

type faceKey struct {
	size float64
	bold bool
}

func newPainter(height int) (*painter, error) {
	p := &painter{dc: gg.NewContext(width, height), left: left, right: right, faces: map[faceKey]font.Face{}}
	for bold, data := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		f, err := opentype.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("read a font: %w", err)
		}
		for _, size := range []float64{textSize, smallSize, headSize, buttonSize} {
			face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
			if err != nil {
				return nil, fmt.Errorf("scale a font: %w", err)
			}
			p.faces[faceKey{size, bold}] = face
		}
	}
	p.dc.SetColor(ground)
	p.dc.Clear()
	return p, nil
}

// item draws one item at p.y, and moves it behind.
func (p *painter) item(it Item) {
	switch {
	case it.Form != nil:
		p.form(*it.Form)
	case it.Message != nil:
		p.message(it)
	default:
		p.head(it.Who, false, toneOf(it.Who))
		p.line(plain, runs(it.Says, nameOf))
	}
	p.y += 22
}

// message is a message of the bot's: what it answers, the text, the pictures, the buttons, and who sees it.
func (p *painter) message(it Item) {
	m := it.Message
	top := p.y - 12
	if m.Ephemeral() { // drawn twice: its height is known afterwards
		p.body(it)
		p.dc.SetColor(veil)
		p.dc.DrawRectangle(0, top, width, p.y-top+10)
		p.dc.Fill()
		p.dc.SetColor(blurple)
		p.dc.DrawRectangle(0, top, 5, p.y-top+10)
		p.dc.Fill()
		p.y = top + 12
	}
	p.body(it)
}

func (p *painter) body(it Item) {
	m := it.Message
	p.above(it)
	p.head("Pilcrow", true, blurple)
	p.lines(m.Content)
	for _, a := range m.Attachments {
		p.picture(a)
	}
	for _, c := range m.Components {
		p.component(c)
	}
	if m.Ephemeral() {
		p.y += 6
		p.eye(left+14, p.y+smallSize*0.72)
		p.text(left+38, "Only you can see this · ", smallSize, false, mutedTone)
		p.text(left+38+p.width("Only you can see this · ", smallSize, false), "Dismiss message", smallSize, false, linkTone)
		p.y += smallSize * leading
	}
}

// above is the line that says what the bot answers.
func (p *painter) above(it Item) {
	var what string
	switch {
	case it.Uses != "":
		what = it.Who + " used " + it.Uses
	case it.Says != "":
		what = "@" + it.Who + "  " + it.Says
	default:
		return
	}
	p.dc.SetColor(barTone)
	p.dc.SetLineWidth(3)
	p.dc.MoveTo(58, p.y+30)
	p.dc.LineTo(58, p.y+14)
	p.dc.LineTo(left-8, p.y+14)
	p.dc.Stroke()
	p.dc.SetColor(toneOf(it.Who))
	p.dc.DrawCircle(left+11, p.y+14, 11)
	p.dc.Fill()
	for letters := []rune(what); p.width(what, smallSize, false) > right-left-30; letters = letters[:len(letters)-1] {
		what = strings.TrimSpace(string(letters)) + "…"
	}
	p.text(left+30, what, smallSize, false, mutedTone)
	p.y += 34
}

// head is the picture and the name of who speaks.
func (p *painter) head(who string, app bool, tone color.RGBA) {
	p.dc.SetColor(tone)
	p.dc.DrawCircle(58, p.y+26, 28)
	p.dc.Fill()
	letter := who[:1]
	if app {
		letter = "¶"
	}
	p.dc.SetFontFace(p.faces[faceKey{headSize, true}])
	p.dc.SetColor(nameTone)
	p.dc.DrawStringAnchored(letter, 58, p.y+24, 0.5, 0.36)
	p.text(left, who, nameSize, true, nameTone)
	x := left + p.width(who, nameSize, true) + 12
	if app {
		w := p.width("APP", smallSize, true) + 14
		p.dc.SetColor(blurple)
		p.dc.DrawRoundedRectangle(x, p.y+4, w, 25, 5)
		p.dc.Fill()
		p.y += 3
		p.text(x+7, "APP", smallSize, true, nameTone)
		p.y -= 3
		x += w + 12
	}
	p.y += 3
	p.text(x, "Today at 12:00", smallSize, false, mutedTone)
	p.y += nameSize * leading
}

// lines are the lines of a text.
func (p *painter) lines(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			p.y += blank
			continue
		}
		s, rest := lineOf(line)
		p.line(s, runs(rest, nameOf))
	}
}

// line is a line of text, as many lines as it needs.
func (p *painter) line(s style, pieces []run) {
	size, x, tone := textSize, p.left, textTone
	switch s {
	case heading:
		size = headSize
		for i := range pieces {
			pieces[i].bold = true
		}
		tone = nameTone
		p.y += 6
	case small:
		size, tone = smallSize, mutedTone
	case bullet:
		p.dc.SetColor(textTone)
		p.dc.DrawCircle(p.left+14, p.y+size*0.78, 4)
		p.dc.Fill()
		x += 34
	case quoted:
		x += 24
	}
	top := p.y
	p.flow(x, p.right, size, tone, pieces)
	if s == quoted {
		p.dc.SetColor(barTone)
		p.dc.DrawRoundedRectangle(p.left, top+1, 6, p.y-top-2, 3)
		p.dc.Fill()
	}
}

// flow breaks runs into lines between x and end.
func (p *painter) flow(x, end, size float64, tone color.RGBA, pieces []run) {
	at := x
	for _, r := range pieces {
		for word := range strings.SplitAfterSeq(r.text, " ") {
			if r.mention {
				word = r.text
			}
			w := p.width(strings.TrimRight(word, " "), size, r.bold)
			if at > x && at+w > end {
				at = x
				p.y += size * leading
			}
			if r.mention {
				p.dc.SetColor(behind)
				p.dc.DrawRoundedRectangle(at-2, p.y+1, w+4, size*1.3, 5)
				p.dc.Fill()
				p.text(at, word, size, r.bold, mentioned)
				at += w
				break
			}
			p.text(at, word, size, r.bold, tone)
			at += p.width(word, size, r.bold)
		}
	}
	p.y += size * leading
}

// picture is an attached picture, drawn smaller, or a file by its name.
func (p *painter) picture(a discordtest.Attachment) {
	p.y += 8
	img, _, err := image.Decode(bytes.NewReader(a.Data))
	if err != nil {
		p.flow(left, right, textSize, linkTone, []run{{text: a.Filename}})
		return
	}
	b := img.Bounds()
	w := min(b.Dx(), maxPicture)
	h := b.Dy() * w / b.Dx()
	scaled := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), img, b, draw.Over, nil)
	p.dc.DrawImage(scaled, left, int(p.y))
	p.y += float64(h) + 8
}

// form is a dialog in the middle of the screen.
func (p *painter) form(m discordtest.Modal) {
	top := p.y
	p.formBody(m)
	bottom := p.y
	p.dc.SetColor(dialog)
	p.dc.DrawRoundedRectangle(formLeft-36, top, formRight-formLeft+72, bottom-top, 14)
	p.dc.Fill()
	p.y = top
	p.formBody(m)
}

func (p *painter) formBody(m discordtest.Modal) {
	p.y += 26
	p.flow(formLeft, formRight, headSize, nameTone, []run{{text: m.Title, bold: true}})
	p.y += 8
	for _, l := range m.Components {
		if l.Component == nil {
			continue
		}
		label := []run{{text: l.Label, bold: true}}
		p.flow(formLeft, formRight, textSize, nameTone, label)
		if l.Description != "" {
			p.flow(formLeft, formRight, smallSize, mutedTone, []run{{text: l.Description}})
		}
		if l.Component.Type == discordtest.RadioGroup {
			p.radio(*l.Component)
			continue
		}
		h, width := 54.0, float64(formRight-formLeft)
		switch {
		case l.Component.Type == discordtest.Checkbox:
			h, width = 32, 32
		case l.Component.Style == 2:
			h = 96
		}
		p.y += 4
		p.box(width, h)
		if sign := fieldSigns[l.Component.Type]; sign != "" {
			p.y -= h - 12
			p.text(formLeft+18, sign, smallSize, false, mutedTone)
			p.y += h - 12
		}
		if n := len(l.Component.Options); n > 0 {
			var names []string
			for _, o := range l.Component.Options {
				names = append(names, o.Label)
			}
			p.y -= h - 12
			p.text(formLeft+18, strings.Join(names, "  ·  "), smallSize, false, mutedTone)
			p.y += h - 12
		}
		p.y += 18
	}
	w := p.width("Submit", buttonSize, true) + 48
	p.dc.SetColor(blurple)
	p.dc.DrawRoundedRectangle(formRight-w, p.y, w, 48, 10)
	p.dc.Fill()
	p.y += 8
	p.text(formRight-w+24, "Submit", buttonSize, true, nameTone)
	p.y += 66
}

// fieldSigns are what stands in an empty field that is not typed into.
var fieldSigns = map[int]string{
	discordtest.ChannelSelect: "Select a channel  v", discordtest.RoleSelect: "Select a role  v",
	discordtest.FileUpload: "Drop a file here, or browse"}

func (p *painter) box(width, h float64) {
	p.dc.SetColor(field)
	p.dc.DrawRoundedRectangle(formLeft, p.y, width, h, 8)
	p.dc.Fill()
	p.y += h
}

// nameOf is what a mention shows; ids are of no use to a reader.
func nameOf(mention string) string {
	switch {
	case strings.HasPrefix(mention, "<#"):
		return "# general"
	case strings.HasPrefix(mention, "<@&"):
		return "@Librarians"
	}
	return "@Pilcrow"
}

// toneOf gives each person a color of their own.
func toneOf(who string) color.RGBA {
	return crowd[int(who[0])%len(crowd)]
}
