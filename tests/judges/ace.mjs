#!/usr/bin/env node
// Runs Ace over one book and says what it found, a line a finding: node ace.mjs BOOK.epub OUTDIR
// Exit status 0 where there is no violation, Ace's own (2) where there is one.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

const here = path.dirname(new URL(import.meta.url).pathname)
const [book, out] = process.argv.slice(2)
if (!out) {
  console.error('usage: ace BOOK.epub OUTDIR')
  process.exit(64)
}
rmSync(path.join(out, 'report.json'), { force: true })
const ace = path.join(here, 'node_modules/.bin/ace-cli')
const run = spawnSync(ace, ['-f', '-s', '-E', '-o', out, book], {
  encoding: 'utf8',
  env: { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium', ...process.env },
})
try {
  const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'))
  for (const file of report.assertions)
    for (const finding of file.assertions)
      console.log(
        `${finding['earl:test']['earl:impact']} ${finding['earl:test']['dct:title']} in ${file['earl:testSubject'].url}: ` +
          finding['earl:result']['dct:description'].replace(/\s+/g, ' ').slice(0, 200),
      )
} catch (error) {
  console.log(`Ace wrote no report: ${error.message}\n${run.stdout}${run.stderr}`)
  process.exit(run.status || 1)
}
process.exit(run.status ?? 1)
