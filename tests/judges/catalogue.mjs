#!/usr/bin/env node
// Opens a season's page from disk in headless Chromium: on several days, without script, on phone and desktop, in light
// and dark, on paper; asks axe, follows every link to its file, takes pictures.
// usage: node catalogue.mjs FOLDER OUTDIR    exit 1 on any finding
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'

const [folder, out] = process.argv.slice(2)
await mkdir(out, { recursive: true })
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const own = pathToFileURL(path.resolve(folder, 'index.html')).href
const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const findings = new Set()
const expect = (ok, what) => { if (!ok) findings.add(what) }

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
})

// A page on that day (YYYY-MM-DD, at noon), or today.
async function open(size, { dark = false, script = true, bypass = false, day } = {}) {
  const page = await browser.newPage()
  await page.setViewport(size)
  await page.setJavaScriptEnabled(script)
  await page.setBypassCSP(bypass)
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
  page.on('pageerror', error => findings.add('error of the script: ' + error.message))
  page.on('console', message => ['error', 'warn'].includes(message.type()) && findings.add('console: ' + message.text()))
  page.on('request', request => request.url() === own || request.url().startsWith('data:') || findings.add('request: ' + request.url()))
  if (day) {
    await page.evaluateOnNewDocument(day => {
      const Clock = Date
      globalThis.Date = class extends Clock { constructor(...given) { given.length ? super(...given) : super(`${day}T12:00`) } }
    }, day)
  }
  await page.goto(own, { waitUntil: 'load' })
  return page
}

const films = page => page.evaluate(() => Array.from(document.querySelectorAll('.films > li'), film => ({
  title: film.querySelector('h3').textContent,
  day: film.dataset.day ?? '',
  next: film.closest('#next') !== null,
  seen: film.getBoundingClientRect().height > 0,
  top: film.getBoundingClientRect().top,
  note: film.querySelector('.note')?.textContent ?? '',
})))

const dayAfter = day => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

// Whatever day it is, every film is there once; the next ones come first, in the order of their dates.
async function onEveryDay(all) {
  const days = all.map(film => film.day).filter(Boolean)
  expect(days.length > 1, 'the season has fewer than two dates: nothing to judge')
  const asked = [...new Set(['2000-01-01', ...days, ...days.map(dayAfter)])]
  for (const today of asked) {
    const page = await open(desktop, { day: today })
    const found = await films(page)
    await page.close()
    const coming = days.filter(day => day >= today).sort()[0]
    const wanted = all.filter(film => film.day && film.day === coming).map(film => film.title)
    const names = list => JSON.stringify(list.map(film => film.title))
    expect(names(found.filter(film => film.next)) === JSON.stringify(wanted), `${today}: next are ${names(found.filter(film => film.next))}, not ${JSON.stringify(wanted)}`)
    expect(JSON.stringify(found.map(film => film.title).sort()) === JSON.stringify(all.map(film => film.title).sort()), `${today}: a film is lost or doubled`)
    expect(found.every(film => film.seen), `${today}: a film is not in sight`)
    expect(found.every(film => !film.note === (film.day > today || !film.day)), `${today}: a film is marked as past or today's, or is not`)
    const rest = found.filter(film => !film.next).map(film => film.title)
    const order = all.map(film => film.title).filter(title => rest.includes(title))
    expect(JSON.stringify(rest) === JSON.stringify(order), `${today}: the others are not in their order`)
  }
}

async function linksLeadSomewhere(page) {
  const links = await page.$$eval('a[href], link[href]', links => links.map(link => link.getAttribute('href')))
  for (const link of links) expect(existsSync(path.join(folder, decodeURIComponent(link))), `the link ${link} leads nowhere`)
  expect(links.length > 3, 'the page has hardly a link')
}

async function thumbsFit(page) {
  const small = await page.$$eval('a', links => links.filter(a => a.getBoundingClientRect().height < 24 || a.getBoundingClientRect().width < 24).map(a => a.textContent))
  expect(!small.length, `links smaller than 24 pixels (WCAG 2.5.8): ${small.slice(0, 3)}`)
}

async function look(name, size, options) {
  const page = await open(size, { ...options, bypass: true }) // axe itself is a script that the page's policy would forbid
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the window`)
  await thumbsFit(page)
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
  for (const { id, impact, nodes } of found.violations) findings.add(`axe: ${name}: ${id} (${impact}, ${nodes.length}): ${nodes[0].target} ${nodes[0].failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`)
  expect(found.passes.length > 10, `axe asked only ${found.passes.length} questions`)
  await page.close()
}

async function onPaper(all, day) {
  const page = await open(desktop, { day })
  const file = path.join(out, 'page.pdf')
  await page.pdf({ path: file, preferCSSPageSize: true, format: 'A4', printBackground: false })
  await page.close()
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ')
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1])
  // a long title may be broken where the line ends
  for (const film of all) expect(text.includes(film.title.split(' ')[0]), `${film.title} is not on paper`)
  expect(pages <= Math.ceil(all.length / 4) + 1, `${all.length} films take ${pages} sheets of paper`)
  return pages
}

let told = {}
try {
  const still = await open(desktop, { script: false })
  const all = await films(still)
  const dates = all.map(film => film.day || '9999')
  expect(all.length > 0, 'the page shows no film')
  expect(JSON.stringify(dates) === JSON.stringify(dates.toSorted()), 'without script the films are not in the order of their dates')
  expect(all.every(film => film.seen && !film.next && !film.note), 'without script a film is missing, or marked')
  await linksLeadSomewhere(still)
  await still.screenshot({ path: path.join(out, 'no-script.png'), fullPage: true })
  await still.close()
  await onEveryDay(all)
  const last = all.map(film => film.day).filter(Boolean).sort().at(-1)
  for (const [where, size] of [['desktop', desktop], ['phone', phone]]) {
    for (const dark of [false, true]) {
      await look(`${where}-${dark ? 'dark' : 'light'}`, size, { dark, day: last })
    }
    await look(`${where}-after`, size, { day: dayAfter(last) })
  }
  await look('narrow', { ...phone, width: 320 }, { day: last }) // WCAG 1.4.10
  told = { films: all.length, sheets: await onPaper(all, last) }
} catch (error) {
  findings.add('the judge stopped: ' + error.stack)
} finally {
  await browser.close()
}
console.log(JSON.stringify(told))
for (const finding of findings) console.log('BAD ' + finding)
process.exit(findings.size ? 1 : 0)
