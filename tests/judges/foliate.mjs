#!/usr/bin/env node
// Drives foliate-js 1.0.1 (the engine of Foliate) in headless Chromium: opens an EPUB, lists and visits the toc, goes to pages of the booklet by number, turns every page, takes pictures.
// usage: node foliate.mjs book.epub outdir [--pdf booklet.pdf] [--size 600x800] [--dark] [--grey] [--font 18] [--shots 0,1,2,3 | toc | none] [--max 400]
// exit 1 on any page error or remote request, a toc entry that leads nowhere, and, where a booklet is given, a page of the list that shows other words than it has in print
import { readFile, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import puppeteer from 'puppeteer-core'
const here = path.dirname(new URL(import.meta.url).pathname)
const [book, out] = process.argv.slice(2); const opt = (k, d) => { const i = process.argv.indexOf('--' + k); return i < 0 ? d : process.argv[i + 1] }
const [w, h] = opt('size', '600x800').split('x').map(Number), dark = process.argv.includes('--dark'), font = opt('font', ''), max = +opt('max', 400), want = opt('shots', '0,1,2,3'), pdf = opt('pdf', '')
const grey = process.argv.includes('--grey')
await mkdir(out, { recursive: true })
const types = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css', '.epub': 'application/epub+zip' }
const html = `<!doctype html><meta charset=utf-8><style>${grey ? 'html{filter:grayscale(1)}' : ''}html,body{margin:0;height:100%}foliate-view{display:block;width:100vw;height:100vh}${dark ? 'html{background:#111;color-scheme:dark}' : ''}</style>
<body><script type=module>import '/foliate-js/view.js'; window.ready = true</script>`
const srv = createServer(async (q, r) => { try {
  const u = decodeURIComponent(new URL(q.url, 'http://x').pathname)
  if (u === '/') { r.setHeader('content-type', 'text/html'); return r.end(html) }
  if (u === '/favicon.ico') { r.statusCode = 204; return r.end() }
  const f = u === '/book.epub' ? book : u.startsWith('/foliate-js/') ? path.join(here, 'node_modules', path.normalize(u)) : null
  if (!f) { r.statusCode = 404; return r.end() }
  r.setHeader('content-type', types[path.extname(f)] ?? 'application/octet-stream'); r.end(await readFile(f))
} catch { r.statusCode = 404; r.end() } })
await new Promise(k => srv.listen(0, '127.0.0.1', k)); const base = `http://127.0.0.1:${srv.address().port}`
const br = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'] })
const errors = []
try {
  const p = await br.newPage(); await p.setViewport({ width: w, height: h })
  if (dark) await p.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  p.on('pageerror', e => errors.push('pageerror ' + e.message)); p.on('console', m => m.type() === 'error' && errors.push('console ' + m.text()))
  p.on('requestfailed', q => errors.push('requestfailed ' + q.url())); p.on('request', q => { if (/^https?:/.test(q.url()) && !q.url().startsWith(base)) errors.push('remote ' + q.url()) })
  p.on('response', s => s.status() >= 400 && errors.push(s.status() + ' ' + s.url()))
  await p.goto(base); await p.waitForFunction('window.ready')
  const info = await p.evaluate(async (font, dark) => {
    const v = window.v = document.createElement('foliate-view'); document.body.append(v)
    window.loc = null; v.addEventListener('relocate', e => { window.loc = e.detail })
    await v.open('/book.epub')
    // what a reader's own settings add: the size, and Foliate's way of turning dark
    v.renderer.setStyles?.(`${font ? `html{font-size:${font}px!important}` : ''}${dark ? 'html{color-scheme:dark;background:#222;color:#e0e0e0}a:link{color:#77bbee}' : ''}`)
    await v.init({ showTextStart: false })
    const flat = (t, d = 0) => (t ?? []).flatMap(x => [{ depth: d, label: x.label, href: x.href }, ...flat(x.subitems, d + 1)])
    const b = v.book
    return { metadata: b.metadata, toc: flat(b.toc), pageList: (b.pageList ?? []).map(x => ({ label: x.label, href: x.href })), landmarks: (b.landmarks ?? []).map(x => ({ type: x.type, label: x.label, href: x.href })),
      sections: b.sections.map(s => ({ id: s.id, linear: s.linear, size: s.size })), dir: b.dir, cover: !!(await b.getCover?.()) }
  }, font, dark)
  const settle = () => p.evaluate(() => new Promise(r => setTimeout(r, 60)))
  const where = () => p.evaluate(() => ({ index: v.renderer.getContents?.()[0]?.index, frac: loc?.fraction, toc: loc?.tocItem?.label ?? null, cfi: loc?.cfi, page: v.renderer.page, pages: v.renderer.pages,
    text: (loc?.range?.toString() ?? '').replace(/\s+/g, ' ').trim().slice(0, 90) }))
  const norm = s => (s ?? '').normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
  const tocVisits = []                                        // 1. every toc entry must land with its own heading on the screen
  for (const [i, t] of info.toc.entries()) {
    let ok = true; try { ok = await p.evaluate(async h => (await v.goTo(h)) != null, t.href) } catch (e) { ok = false; errors.push('goTo ' + t.href + ' ' + e.message) }
    if (!ok) errors.push('toc leads nowhere: ' + t.label + ' ' + t.href)
    await settle(); const at = await where()
    const onScreen = await p.evaluate(() => loc?.range?.toString() ?? '').then(s => norm(s).includes(norm(t.label)))
    tocVisits.push({ ...t, ok, onScreen, at })
    if (want === 'toc') await p.screenshot({ path: path.join(out, `toc-${String(i).padStart(2, '0')}.png`) })
  }
  const visible = () => p.evaluate(() => loc?.range?.toString() ?? '')
  const words = s => (s ?? '').normalize('NFKC').toLowerCase().replace(/[^\p{L}]+/gu, '') // numbers of questions and folios stand in one of the two alone
  const paper = n => words(execFileSync('pdftotext', ['-raw', '-f', n, '-l', n, pdf, '-'], { encoding: 'utf8' }).replace(/,\s+p\.\s+\d+/g, ''))
  const pageVisits = []                                       // 2. pages of the booklet, by number: near the start, in the middle, near the end
  const listed = info.pageList.filter(x => !/title/.test(x.href)) // a title page has more words in print
  if (pdf && listed.length < 3) errors.push(`only ${info.pageList.length} pages are listed`)
  for (const x of pdf && listed.length ? [...new Set([1 / 6, 1 / 2, 5 / 6].map(part => listed[Math.floor(part * listed.length)]))] : []) {
    await p.evaluate(async h => { await v.goTo(h) }, x.href); await settle(); await settle()
    // the words behind the marker on the screen: all that the screen shows may begin a few lines above
    const behind = await p.evaluate(id => { const { doc } = v.renderer.getContents()[0]; const r = doc.createRange(); r.setStartAfter(doc.getElementById(id)); r.setEndAfter(doc.body.lastChild); return r.toString() }, x.href.split('#')[1])
    const [screen, after, page] = [words(await visible()), words(behind), paper(x.label)]
    const ok = [...Array(24).keys()].some(cut => page.slice(0, 200).includes(after.slice(cut, cut + 24))) && screen.includes(after.slice(0, 24)) // a page may begin inside a divided word
    pageVisits.push({ ...x, ok, screen: screen.slice(0, 60), after: after.slice(0, 60), page: page.slice(0, 60) })
    if (!ok) errors.push(`page ${x.label}: the screen shows “${screen.slice(0, 40)}”, behind the marker “${after.slice(0, 40)}”, in print “${page.slice(0, 60)}”`)
    if (want === 'toc') await p.screenshot({ path: path.join(out, `printed-page-${x.label.padStart(3, '0')}.png`) })
  }
  const shots = new Set(want.split(',').map(Number)); await p.evaluate(async () => { await v.goTo(0) }); await settle()
  const turns = []; let last = ''                             // 3. read from the start, page by page, to the end
  for (let i = 0; i < max; i++) {
    const at = await where(); turns.push(at)
    if (shots.has(i)) await p.screenshot({ path: path.join(out, `page-${String(i).padStart(3, '0')}.png`) })
    if (at.cfi === last) { turns.pop(); break } last = at.cfi
    await p.evaluate(async () => { await v.next() }); await settle()
  }
  const res = { pageVisits, book: path.basename(book), engine: 'foliate-js 1.0.1', chromium: await br.version(), size: [w, h], ...info, tocVisits, screens: turns.length, lastFraction: turns.at(-1)?.frac, errors: [...new Set(errors)] }
  await writeFile(path.join(out, 'foliate.json'), JSON.stringify({ ...res, turns }, null, 1))
  console.log(JSON.stringify({ title: info.metadata?.title, lang: info.metadata?.language, sections: info.sections.length, toc: info.toc.length, tocOk: tocVisits.filter(t => t.ok).length, headingOnScreen: tocVisits.filter(t => t.onScreen).length, landmarks: info.landmarks.length, pages: info.pageList.length, pagesVisited: pageVisits.map(x => x.label), cover: info.cover, screens: turns.length, lastFraction: res.lastFraction, errors: res.errors }))
  for (const t of tocVisits) console.log(`${t.ok ? t.onScreen ? 'ok ' : 'ok?' : 'BAD'} ${'  '.repeat(t.depth)}${t.label} -> sec ${t.at.index} "${t.at.text.slice(0, 50)}"`)
  for (const t of pageVisits) console.log(`${t.ok ? 'ok ' : 'BAD'} p. ${t.label} ${t.after.slice(0, 40)}`)
} finally { await br.close(); srv.close() }
process.exit(errors.length ? 1 : 0)
