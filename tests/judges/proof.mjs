#!/usr/bin/env node
// Opens a page of `bookify proof` from disk in headless Chromium, works it with the keyboard, copies its pins, asks axe, takes pictures.
// usage: node proof.mjs PAGE.html OUTDIR    exit 1 on any finding
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'
const [page, out] = process.argv.slice(2); const name = path.basename(page, '.html')
await mkdir(out, { recursive: true })
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const br = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'] })
const findings = [], violations = []; const expect = (ok, what) => { if (!ok) findings.push(what) }
const own = pathToFileURL(path.resolve(page)).href
const open = async (size, dark, { script = true, bypass = false } = {}) => {
  const p = await br.newPage(); await p.setViewport(size); await p.setJavaScriptEnabled(script); await p.setBypassCSP(bypass)
  await p.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
  p.on('pageerror', e => findings.push('pageerror ' + e.message)); p.on('dialog', d => { findings.push('dialog ' + d.message()); d.dismiss() })
  p.on('console', m => ['error', 'warn'].includes(m.type()) && findings.push('console ' + m.text()))
  p.on('request', q => q.url().split('#')[0] !== own && findings.push('request ' + q.url()))
  await p.goto(own, { waitUntil: 'load' }); return p
}
const desktop = { width: 1280, height: 900 }, phone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const settle = p => p.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))) // rows are drawn when they come into sight
const shoot = async (p, shot) => { await settle(p); await p.screenshot({ path: path.join(out, `${shot}.png`) }) }
const focus = async p => (await settle(p), p.evaluate(() => { const a = document.activeElement; const b = a.getBoundingClientRect()
  return { tag: a.tagName, id: a.id, words: a.textContent.slice(0, 60), seen: b.bottom > 0 && b.top < innerHeight, under: b.top < document.getElementById('tools').getBoundingClientRect().bottom } }))
const pasted = async p => { // what a person would get with Ctrl+V
  await p.evaluate(() => { const t = document.createElement('textarea'); t.id = 'paste'; document.body.append(t); t.focus() })
  await p.keyboard.down('Control'); await p.keyboard.press('v'); await p.keyboard.up('Control')
  return p.evaluate(() => { const t = document.getElementById('paste'); const v = t.value; t.remove(); return v })
}
const res = { page: path.basename(page), chromium: await br.version() }
try {
  const started = Date.now(); const p = await open(desktop, false); res.loadMs = Date.now() - started
  res.counts = await p.evaluate(() => ({ chapters: document.querySelectorAll('main h2').length, doubts: document.querySelectorAll('.band.doubtful').length, unsure: document.querySelectorAll('.piece.unsure').length,
    edits: document.querySelectorAll('mark').length, lines: document.querySelectorAll('.line').length, pins: document.querySelectorAll('[data-pin]').length, elements: document.querySelectorAll('*').length }))
  const c = res.counts
  // the source is there, each line once, in order; hostile text made no element
  const lines = await p.evaluate(() => [...document.querySelectorAll('.line')].map(l => +l.id.slice(1)))
  expect(lines.every((n, i) => n === i + 1), 'the lines are not 1, 2, 3 …')
  expect(await p.evaluate(() => document.scripts.length === 1 && document.querySelectorAll('img, iframe, object, link').length === 0), 'an element that nobody wrote')
  const dead = await p.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1)).filter(i => !document.getElementById(i)))
  expect(!dead.length, 'links that lead nowhere: ' + dead.slice(0, 5))
  expect(await p.evaluate(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return new Set(ids).size === ids.length }), 'an id stands twice')
  // the skip link is first, and seen when it has the focus
  await p.keyboard.press('Tab'); expect((await focus(p)).words.startsWith('Skip'), 'the first stop of Tab is not the skip link')
  await p.keyboard.press('Enter'); expect((await focus(p)).id === 'columns', 'the skip link does not lead to the columns')
  await shoot(p, `${name}-columns`)
  // keys: every chapter once, and round again
  const chapters = []
  for (let i = 0; i < c.chapters; i++) { await p.keyboard.press(i % 2 ? 'n' : 'j'); const f = await focus(p); chapters.push(f.id); expect(f.seen && !f.under, `chapter ${i + 1} has the focus and is not in sight`) }
  expect(chapters.every((id, i) => id === `chapter-${i}`), 'j does not visit the chapters in order: ' + chapters)
  if (c.chapters > 1) { await p.keyboard.press('k'); expect((await focus(p)).id === `chapter-${c.chapters - 2}`, 'k does not go back') }
  const walk = async (key, count, what, most) => { await p.keyboard.press('o'); const seen = new Set()
    for (let i = 0; i < Math.min(count, most); i++) { const t = Date.now(); await p.keyboard.press(key); res.slowestKeyMs = Math.max(res.slowestKeyMs ?? 0, Date.now() - t)
      const f = await focus(p); expect(f.seen && !f.under, `${what} ${i + 1} is not in sight`); seen.add(await p.$eval('#status', s => s.textContent.match(/ (\d+) of/)?.[1])) }
    expect(seen.size === Math.min(count, most), `${key} visits ${[...seen]} of ${count} ${what}s`) }
  await walk('d', c.doubts, 'doubt', 30); await walk('u', c.unsure, 'unsure line', 30); await walk('e', c.edits, 'edit', 60)
  await shoot(p, `${name}-edit`)
  // help, and keys that are switched off
  await p.keyboard.press('?'); expect(await p.$eval('#keys', d => d.open), '? shows no keys'); await shoot(p, `${name}-keys`)
  await p.keyboard.press('Escape'); expect(!await p.$eval('#keys', d => d.open), 'Escape does not close the keys')
  await p.$eval('#single', s => { s.checked = false }); await p.keyboard.press('o'); const before = await focus(p); await p.keyboard.press('j')
  expect((await focus(p)).id === before.id, 'a key works though the keys are off'); await p.$eval('#single', s => { s.checked = true })
  // every button does what its key does
  await p.$eval('#tools [data-key=j]', b => b.click()); expect((await focus(p)).tag === 'H2', 'the button for the next chapter moves no focus')
  // pins, through the clipboard and without it
  for (const way of ['clipboard', 'selection']) {
    if (way === 'selection') await p.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const pins = await p.$$('[data-pin]'); const some = way === 'clipboard' ? pins.slice(-2) : pins.slice(0, 2)
    for (const pin of some) {
      const words = await pin.evaluate(b => { b.closest('details')?.setAttribute('open', ''); b.focus(); document.getElementById('status').textContent = ''; return b.dataset.pin })
      await p.keyboard.press('Enter'); await p.waitForFunction(() => /Copied|does not let/.test(document.getElementById('status').textContent))
      expect(await pin.evaluate(b => b === document.activeElement), 'the focus leaves the button that copies')
      const got = await pasted(p); expect(got === words, `${way}: ${JSON.stringify(got)} instead of ${JSON.stringify(words)}`)
    }
  }
  await p.close()
  // pictures, and axe on each of them; axe itself is a script that the page's policy would forbid
  for (const [where, size] of [['desktop', desktop], ['phone', phone]]) for (const dark of [false, true]) {
    const q = await open(size, dark, { bypass: true }); const shot = `${name}-${where}-${dark ? 'dark' : 'light'}`
    await shoot(q, shot)
    await q.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true })
    await q.keyboard.press('j'); await q.keyboard.press('j'); await shoot(q, `${shot}-chapter`)
    expect(await q.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${shot} is wider than the window`)
    if (c.elements < 30000) {
      await q.addScriptTag({ path: axe }).catch(e => findings.push('axe ' + e.message)); const found = await q.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
      for (const v of found.violations) violations.push(`${shot} ${v.id} (${v.impact}, ${v.nodes.length}): ${v.nodes[0].target} ${v.nodes[0].failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`)
    }
    await q.close()
  }
  // without scripts it is still a page; on paper it shows everything
  const still = await open(desktop, false, { script: false }); await still.pdf({ path: path.join(out, `${name}.pdf`), format: 'A4', landscape: true, timeout: 180000 }).catch(e => findings.push('print ' + e.message)); await still.close()
} catch (e) { findings.push('the judge stopped: ' + e.stack) } finally { await br.close() }
res.findings = [...new Set(findings)]; res.violations = violations
await writeFile(path.join(out, `${name}.json`), JSON.stringify(res, null, 1))
console.log(JSON.stringify({ page: res.page, loadMs: res.loadMs, slowestKeyMs: res.slowestKeyMs, ...res.counts })); for (const f of [...res.findings, ...violations]) console.log('BAD ' + f)
process.exit(res.findings.length || violations.length ? 1 : 0)
