#!/usr/bin/env node
// Watches `bookify serve` in headless Chromium while a word of a dossier changes: how long it takes until the page is
// on the screen, whether one stays at the place where one was, what axe says; takes pictures.
// usage: node serve.mjs ADDRESS SLUG DOSSIER.txt OUTDIR [MOST_MS]    exit 1 on any finding
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import puppeteer from 'puppeteer-core'

const [address, slug, dossier, out, most = '1000'] = process.argv.slice(2)
await mkdir(out, { recursive: true })
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const findings = new Set()
const expect = (ok, what) => { if (!ok) findings.add(what) }
const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const film = new URL(`films/${slug}/`, address).href
const ROUNDS = 8

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
})

async function open(url, size, { dark = false, bypass = false } = {}) {
  const page = await browser.newPage()
  await page.setViewport(size)
  await page.setBypassCSP(bypass)
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
  page.on('pageerror', error => findings.add('error of the script: ' + error.message))
  page.on('console', message => ['error', 'warn'].includes(message.type()) && findings.add('console: ' + message.text()))
  page.on('request', request => request.url().startsWith(address) || request.url().startsWith('data:') || findings.add('request: ' + request.url()))
  // the connection for news stays open for ever
  await page.goto(url, { waitUntil: 'load' })
  return page
}

// From the moment when the file is saved to the moment when the picture of the changed page is painted.
async function wordOnScreen(page, text, round) {
  await page.evaluate(() => {
    window.seen = new Promise(done => {
      const before = new Map(Array.from(document.querySelectorAll('#pages img'), picture => [picture.id, picture.currentSrc]))
      const look = () => {
        const other = Array.from(document.querySelectorAll('#pages img')).find(picture =>
          before.has(picture.id) && picture.currentSrc !== before.get(picture.id) && picture.complete && picture.naturalWidth)
        if (other) other.decode().then(() => requestAnimationFrame(() => done(other.id)))
        else requestAnimationFrame(look)
      }
      look()
    })
  })
  const started = performance.now()
  await writeFile(dossier, text.replace(WORD, WORD + 'x'.repeat(round + 2)))
  const id = await Promise.race([page.evaluate(() => window.seen), new Promise(done => setTimeout(done, 20_000, null))])
  expect(id, 'a changed word is not on the screen after 20 seconds')
  return performance.now() - started
}

const settle = page => page.evaluate(() => new Promise(done => setTimeout(done, 2500)))
let WORD = ''
const told = {}
const original = await readFile(dossier, 'utf8')
try {
  // the words with which a long paragraph near the middle begins
  const long = original.split('\n').filter(line => line.length > 300)
  WORD = long[Math.floor(long.length / 2)].split(' ').slice(0, 9).join(' ')
  expect(original.split(WORD).length === 2, `“${WORD}” does not stand once in the dossier`)

  for (const [where, size] of [['desktop', desktop], ['phone', phone]]) {
    for (const dark of [false, true]) {
      for (const [name, url] of [['start', address], ['film', film], ['proof', film + 'proof']]) {
        const page = await open(url, size, { dark, bypass: true })
        const shot = `${name}-${where}-${dark ? 'dark' : 'light'}`
        await page.screenshot({ path: path.join(out, shot + '.png') })
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${shot} is wider than the window`)
        await page.addScriptTag({ path: axe })
        const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
        for (const { id, impact, nodes } of found.violations) findings.add(`axe: ${shot}: ${id} (${impact}, ${nodes.length}): ${nodes[0].target} ${nodes[0].failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`)
        await page.close()
      }
    }
  }

  const page = await open(film, desktop)
  told.pages = await page.$$eval('#pages img', pictures => pictures.length)
  expect(told.pages > 20, `${told.pages} pages are too few to judge by`)
  // the page with the word is found by changing it once: it is the first whose address becomes another one
  const addresses = () => page.$$eval('#pages img', pictures => pictures.map(picture => picture.getAttribute('srcset')))
  const before = await addresses()
  await writeFile(dossier, original.replace(WORD, WORD + 'x'))
  await page.waitForFunction(before => Array.from(document.querySelectorAll('#pages img')).some((picture, at) => picture.getAttribute('srcset') !== before[at]), { timeout: 20_000 }, before)
  const after = await addresses()
  const others = after.flatMap((address, at) => address === before[at] ? [] : [at + 1])
  told.changed = others.length
  expect(others.length < told.pages / 2, `a changed word makes ${others.length} of ${told.pages} pages other ones`)
  const changed = `page-${others[0]}`
  await settle(page)
  await page.evaluate(id => document.getElementById(id).scrollIntoView(), changed)
  await settle(page)
  const place = await page.evaluate(() => scrollY)
  const times = []
  for (let round = 0; round < ROUNDS; round++) {
    times.push(Math.round(await wordOnScreen(page, original, round)))
    if (findings.size) break
    expect(await page.evaluate(() => scrollY) === place, `the page jumped from ${place} to ${await page.evaluate(() => scrollY)}`)
    await settle(page) // the outputs of this word are made meanwhile
  }
  times.sort((a, b) => a - b)
  told.ms = { least: times[0], median: times[ROUNDS / 2], most: times.at(-1) }
  expect(told.ms.median <= Number(most), `a changed word takes ${told.ms.median} ms to the screen, more than ${most}`)
  await page.screenshot({ path: path.join(out, 'changed.png') })
} catch (error) {
  findings.add('the judge stopped: ' + error.stack)
} finally {
  await writeFile(dossier, original)
  await browser.close()
}
console.log(JSON.stringify(told))
for (const finding of findings) console.log('BAD ' + finding)
process.exit(findings.size ? 1 : 0)
