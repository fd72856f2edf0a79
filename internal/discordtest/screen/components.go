package screen

import (
	"image/color"

	"pilcrow/internal/discordtest"
)

// Of components of version 2.
const (
	inset   = 22.0 // of a container
	between = 10.0 // between what stands in it
)

var shade = rgb(0x2b2d31) // of a container

// component is what hangs below a message, or is the message.
func (p *painter) component(c discordtest.Component) {
	switch c.Type {
	case discordtest.TextDisplay:
		p.lines(c.Content)
		p.y += between / 2
	case discordtest.Separator:
		p.y += between
		p.dc.SetColor(barTone)
		p.dc.DrawRectangle(p.left, p.y, p.right-p.left, 2)
		p.dc.Fill()
		p.y += between
	case discordtest.Section:
		p.section(c)
	case discordtest.Container:
		p.container(c)
	default:
		p.buttons(c)
	}
}

// section is text with a button at its side.
func (p *painter) section(c discordtest.Component) {
	top, end := p.y, p.right
	if c.Accessory != nil {
		w := p.width(c.Accessory.Label, buttonSize, true) + 36
		left := p.left
		p.left, p.y = end-w, p.y-8
		p.buttons(discordtest.Component{Components: []discordtest.Component{*c.Accessory}})
		p.left, p.right, p.y = left, end-w-between, top
	}
	for _, text := range c.Components {
		p.lines(text.Content)
	}
	p.right, p.y = end, max(p.y, top+52)
	p.y += between / 2
}

// container is a box with a colored edge. It is drawn twice: its height is known afterwards.
func (p *painter) container(c discordtest.Component) {
	left, right, top := p.left, p.right, p.y+between
	inside := func() {
		p.y = top + inset/2
		p.left, p.right = left+inset, right-inset
		for _, x := range c.Components {
			p.component(x)
		}
		p.left, p.right = left, right
		p.y += inset / 2
	}
	inside()
	p.dc.SetColor(shade)
	p.dc.DrawRoundedRectangle(left, top, right-left, p.y-top, 12)
	p.dc.Fill()
	if c.AccentColor != nil {
		p.dc.SetColor(rgb(uint32(*c.AccentColor))) //nolint:gosec // three bytes, which the fake has checked
		p.dc.DrawRectangle(left, top, 6, p.y-top)
		p.dc.Fill()
	}
	inside()
}

// menu is a closed menu, with what it asks for.
func (p *painter) menu(c discordtest.Component) {
	p.dc.SetColor(field)
	p.dc.DrawRoundedRectangle(p.left, p.y, min(p.right-p.left, maxPicture), 52, 8)
	p.dc.Fill()
	p.y += 10
	p.text(p.left+18, c.Placeholder, buttonSize, false, mutedTone)
	p.y += 50
}

// buttonTone is the color of a button's style, as Discord has it.
func buttonTone(style int) color.RGBA {
	switch style {
	case 1:
		return blurple
	case 3:
		return agree
	case 4:
		return destroy
	}
	return button
}

// buttons is a row of them.
func (p *painter) buttons(row discordtest.Component) {
	x := p.left
	p.y += 8
	for _, b := range row.Components {
		if b.Type == discordtest.StringSelect {
			p.menu(b)
			return
		}
		w := p.width(b.Label, buttonSize, true) + 36
		if x+w > p.right && x > p.left {
			x = p.left
			p.y += 56
		}
		p.dc.SetColor(buttonTone(b.Style))
		p.dc.DrawRoundedRectangle(x, p.y, w, 48, 10)
		p.dc.Fill()
		p.y += 8
		p.text(x+18, b.Label, buttonSize, true, nameTone)
		p.y -= 8
		x += w + 12
	}
	p.y += 52
}

// radio is a group of radio buttons, none of them chosen.
func (p *painter) radio(c discordtest.Component) {
	for _, o := range c.Options {
		p.y += 8
		p.dc.SetColor(mutedTone)
		p.dc.SetLineWidth(3)
		p.dc.DrawCircle(formLeft+14, p.y+smallSize*0.7, 11)
		p.dc.Stroke()
		p.text(formLeft+42, o.Label, smallSize, false, textTone)
		p.y += smallSize * leading
	}
	p.y += 22
}
