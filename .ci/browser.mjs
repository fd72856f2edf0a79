// Drives the pages as people use them; see .ci/browser, which calls it. It prints what is wrong, and fails if anything is.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const [bot, executablePath, tools, pictures] = process.argv.slice(2)
const need = createRequire(tools + '/')
const { chromium } = need('playwright-core')
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8')

const patience = 300_000 // ms: the machine may have other work
let looked = 0
const wrong = []
const expect = (holds, what) => { looked++; if (!holds) wrong.push(what) }

// serve starts the program over the documents of the test and returns its address.
function serve() {
  const env = { PATH: process.env.PATH, HOME: tools, PILCROW_DOCS: 'internal/web/testdata/pages', PILCROW_WEB: '127.0.0.1:0' }
  const program = spawn(bot, ['web'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    const said = []
    program.on('exit', code => reject(new Error(`bot web ended (${code}): ${said.join('\n')}`)))
    for (const stream of [program.stdout, program.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        said.push(line)
        const open = line.match(/^Open (http:\S+)\/ /)
        if (open) resolve({ program, base: open[1] })
      })
    }
  })
}

// look holds a page against axe and the width of its window.
async function look(page, name) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
  for (const v of violations) {
    for (const node of v.nodes) wrong.push(`${name}: ${v.id} (${v.impact}): ${node.html.slice(0, 200)}`)
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide <= 0, `${name}: the page is ${wide} pixels wider than the window`)
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` })
}

const inView = (page, selector) => page.evaluate(s => {
  const box = document.querySelector(s)?.getBoundingClientRect()
  return !!box && box.top >= -1 && box.top < innerHeight
}, selector)

const asked = [['ask', 'Who built the mill at Orley?'], ['ask', 'Who is the king of Spain?'], ['timeline', ''],
  ['quote', ''], ['who', ''], ['summary', ''], ['find', 'wheel'], ['ask', ''],
  ['check', 'The wheel weighs five tons. The mill was built in 1742.']]

// looks sees every page on one screen.
async function looks(browser, base, name, settings) {
  const context = await browser.newContext(settings)
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  page.on('console', m => expect(m.type() !== 'error' || /status of 404/.test(m.text()), `${name}: ${m.text()}`))
  for (const [what, path] of [['reader', '/d/guide?p=6&t=x&c=3.6.13#p6'], ['urdu', '/d/bagh?p=4&c=2.4#p4'],
    ['top', '/d/bagh?c=1.2'], ['missing', '/d/nothing'], ['play', '/']]) {
    await page.goto(base + path)
    await look(page, `${what} ${name}`)
    const [, hash] = path.split('#')
    if (hash) expect(await inView(page, '#' + hash), `${what} ${name}: the page does not open at ${hash}`)
  }
  for (const [i, [what, text]] of asked.entries()) {
    await page.selectOption('#command', what)
    await page.fill('#ask', text)
    await page.click('form button[type=submit]')
    await page.waitForSelector('#answer p')
    await look(page, `${what}-${i} ${name}`)
  }
  await context.close()
}

// walks uses the keyboard alone.
async function walks(browser, base) {
  const page = await browser.newPage()
  page.setDefaultTimeout(patience)
  await page.goto(base + '/d/guide?p=3&c=3.6')
  await page.keyboard.press('Tab')
  const first = await page.evaluate(() => {
    const at = document.activeElement
    return { to: at.getAttribute('href'), seen: at.getBoundingClientRect().left >= 0 }
  })
  expect(first.to === '#text' && first.seen, `the first stop of the keyboard is ${JSON.stringify(first)}`)
  await page.keyboard.press('Enter')
  expect(page.url().endsWith('#text'), 'the link to the text does not lead there')
  const stops = []
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const at = document.activeElement
      return { what: at.tagName + (at.className ? '.' + at.className : ''), near: at.closest('.part')?.id,
        outline: getComputedStyle(at).outlineStyle, name: at.getAttribute('aria-label') }
    })
    if (stop.what === 'BODY') break
    expect(stop.outline !== 'none', `the stop ${stop.what} in ${stop.near} is not seen`)
    stops.push(stop)
    if (stop.name === 'Next citation: ¶6') {
      await page.keyboard.press('Enter')
      await page.waitForURL(/p=6.*#p6$/)
      break
    }
  }
  expect(page.url().endsWith('#p6'), `the keyboard does not come to the next citation: ${JSON.stringify(stops)}`)
  expect(await inView(page, '#p6.cited'), 'the next citation is not in view')
  await page.close()
}

// follows goes from an answer to its paragraph, without scripts.
async function follows(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 400 } })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  await page.goto(base)
  await page.fill('#ask', 'Who said that the stones turn as slowly as a cow walks?')
  await page.click('form button[type=submit]')
  await page.locator('a.cite').first().click()
  await page.waitForURL(/\/d\/guide\?p=3&.*#p3$/)
  const box = await page.locator('#p3.cited').boundingBox()
  expect(box && box.y > -1 && box.y < 400, `the cited paragraph is at ${JSON.stringify(box)}`)
  await context.close()
}

// prints wants dark pages on white paper, without what is pressed.
async function prints(browser, base) {
  const context = await browser.newContext({ colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(base + '/d/bagh?p=2&c=2.4#p2')
  const pdf = await page.pdf()
  expect(pdf.subarray(0, 4).toString() === '%PDF', 'nothing is printed')
  await page.emulateMedia({ media: 'print' })
  const paper = await page.evaluate(() => ({ color: getComputedStyle(document.body).backgroundColor,
    links: [...document.querySelectorAll('nav, .ways, .skip')].filter(e => e.offsetParent !== null).length }))
  expect(paper.color === 'rgb(255, 255, 255)' && paper.links === 0, `printed is ${JSON.stringify(paper)}`)
  await context.close()
}

const { program, base } = await serve()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (const width of [390, 1400]) {
    for (const colorScheme of ['light', 'dark']) {
      await looks(browser, base, `${width} ${colorScheme}`, { viewport: { width, height: 844 }, colorScheme })
    }
  }
  await looks(browser, base, '390 in Urdu', { viewport: { width: 390, height: 844 }, locale: 'ur' })
  await walks(browser, base)
  await follows(browser, base)
  await prints(browser, base)
} finally {
  await browser.close()
  program.removeAllListeners('exit')
  program.kill()
}
for (const what of wrong) console.log(what)
console.log(`${looked} things were looked at beside what axe does, ${wrong.length} are wrong`)
process.exit(wrong.length > 0 ? 1 : 0)
